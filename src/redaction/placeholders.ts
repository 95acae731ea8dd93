import { createHmac } from 'node:crypto';

export { placeholderPattern } from '../model/redacted.ts';

/** One secret that was seen, by its fingerprint alone: HMAC-SHA-256 under the installation's key, the first 128 bits in hex. */
export interface FingerprintEntry {
  readonly fingerprint: string;
  readonly kind: string;
  readonly number: number;
}

/** What makes placeholders stable across reloads. It holds no secret and is of no use without the installation's key. */
export interface RedactionState {
  readonly version: 1;
  readonly entries: readonly FingerprintEntry[];
}

export interface Placeholders {
  /** The placeholder of a secret: the same for the same secret, however it was found. */
  of(secret: string, kind: string): string;
  state(): RedactionState;
}

/**
 * Numbers secrets in the order of meeting them. Secrets are not kept: only fingerprints are, keyed so that a leaked state
 * cannot be searched with a list of common passwords.
 */
export function createPlaceholders(key: string | Uint8Array, state?: unknown): Placeholders {
  const byFingerprint = new Map<string, FingerprintEntry>();
  const highest = new Map<string, number>();
  const remember = (entry: FingerprintEntry): void => {
    byFingerprint.set(entry.fingerprint, entry);
    highest.set(entry.kind, Math.max(highest.get(entry.kind) ?? 0, entry.number));
  };
  readState(state).forEach(remember);

  return {
    of(secret, kind) {
      const fingerprint = createHmac('sha256', key).update(secret, 'utf8').digest('hex').slice(0, 32);
      const known = byFingerprint.get(fingerprint);
      if (known !== undefined) return `«${known.kind}-${known.number}»`;
      const entry = { fingerprint, kind, number: (highest.get(kind) ?? 0) + 1 };
      remember(entry);
      return `«${kind}-${entry.number}»`;
    },
    state: () => ({ version: 1, entries: [...byFingerprint.values()] }),
  };
}

const kindPattern = /^[a-z][a-z0-9-]{0,39}$/;

/** The entries of a state that was read back from a file: what is not well formed is left out, and is numbered anew. */
function readState(state: unknown): FingerprintEntry[] {
  if (typeof state !== 'object' || state === null || !('entries' in state) || !Array.isArray(state.entries)) return [];
  return state.entries.filter((entry: unknown): entry is FingerprintEntry => {
    if (typeof entry !== 'object' || entry === null) return false;
    const { fingerprint, kind, number } = entry as Record<string, unknown>;
    return (
      typeof fingerprint === 'string' &&
      /^[0-9a-f]{32}$/.test(fingerprint) &&
      typeof kind === 'string' &&
      kindPattern.test(kind) &&
      Number.isSafeInteger(number) &&
      Number(number) > 0 &&
      Number(number) < 1_000_000
    );
  });
}
