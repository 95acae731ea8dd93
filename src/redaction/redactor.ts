import { errorMessage, fail, succeed } from '../model/failure.ts';
import type { Failure, Result } from '../model/failure.ts';
import type { Redacted, RedactionCount } from '../model/redacted.ts';
import { findSecrets } from './find.ts';
import type { Finding } from './finding.ts';
import { createPlaceholders, placeholderPattern } from './placeholders.ts';
import type { RedactionState } from './placeholders.ts';
import { KnownSecrets } from './knownSecrets.ts';
import type { ReplyRedactor } from './knownSecrets.ts';
import { createLearnedValues } from './learned.ts';
import { scanFor } from './scan.ts';
import type { Scan } from './scan.ts';
import { loadSecretlint } from './secretlint.ts';
import type { SecretlintScanner } from './secretlint.ts';
import { createStreamRedactor } from './streamRedactor.ts';
import type { StreamRedactor } from './streamRedactor.ts';
import { defaultPersonalData, parseRedactionSettings } from './settings.ts';
import type { RawRedactionSettings, RedactionSettings } from './settings.ts';

export interface RedactorOptions {
  /** A random key of this installation (32 bytes or more, kept in the editor's secret storage): see `RedactionState`. */
  readonly fingerprintKey: string | Uint8Array;
  /** What `Redactor.state` gave before a reload, as it was read back: parsed here, and ignored where malformed. */
  readonly state?: unknown;
  /** The user's settings as they were read. One that is wrong makes every redaction fail: see `parseRedactionSettings`. */
  readonly settings?: RawRedactionSettings;
  /** Milliseconds for each megabyte begun. Default 5,000. */
  readonly timeoutPerMegabyte?: number;
}

export interface RedactOptions {
  readonly signal?: AbortSignal;
  /** What is redacted, for the failure's sentence: `error.log, last 50 lines`. */
  readonly what?: string;
}

export interface RedactedText {
  readonly text: Redacted;
  readonly redactions: readonly RedactionCount[];
}

/** A text with `«hidden»` in the place of each secret, and how many there were. */
export interface HiddenText {
  readonly text: string;
  readonly hidden: number;
}

export interface Redactor {
  /**
   * Replaces each secret by its placeholder. All or nothing: whatever goes wrong (a rule throws, time runs out, the signal
   * aborts) gives `redactionFailed`. Redacting what it returned changes nothing.
   */
  redact(text: string, options?: RedactOptions): Promise<Result<RedactedText>>;
  /**
   * Leaves the secrets out, for what is still being written: nothing is numbered and nothing remembered, since half a
   * secret is none that will ever be met again. All or nothing, like `redact`.
   */
  hide(text: string, options?: RedactOptions): Promise<Result<HiddenText>>;
  /** Hides these values from now on wherever they turn up, also URL-, JSON- and base64-encoded. */
  learn(values: Iterable<string>): void;
  /** Goes by other settings from now on, with the same placeholders. What is wrong with them is told, and every redaction then fails. */
  configure(settings: RawRedactionSettings): Failure | undefined;
  /** For text that arrives in pieces: see `StreamRedactor`. */
  stream(options?: RedactOptions): StreamRedactor;
  /** For a reply: hides what was hidden or learned before, and nothing else. See `ReplyRedactor`. */
  reply(): ReplyRedactor;
  /** What keeps placeholders the same after a reload: `RedactorOptions.state`. Holds no secret. */
  state(): RedactionState;
}

export function createRedactor(options: RedactorOptions): Redactor {
  const placeholders = createPlaceholders(options.fingerprintKey, options.state);
  const timeoutPerMegabyte = options.timeoutPerMegabyte ?? 5_000;
  let secretlint: Promise<SecretlintScanner> | undefined;
  const learned = createLearnedValues();
  const known = new KnownSecrets();
  let settings = parseRedactionSettings(options.settings ?? {});
  let scan = scanOf(settings);
  const library = (): Promise<SecretlintScanner> => {
    secretlint ??= loadSecretlint().catch((error: unknown) => {
      // Failing once must not mean failing for the rest of the incident.
      secretlint = undefined;
      throw error;
    });
    return secretlint;
  };

  async function find(text: string, signal: AbortSignal | undefined): Promise<Finding[]> {
    if (!settings.ok) throw new RefusedSettings(settings.failure);
    const milliseconds = timeoutPerMegabyte * Math.max(1, Math.ceil(text.length / 1_000_000));
    const timeout = AbortSignal.timeout(milliseconds);
    const stop = signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
    stop.throwIfAborted();
    return findSecrets(text, { scan, learned, user: settings.value.user, library }, stop);
  }

  /** All or nothing: what goes wrong on the way is a failure, and there is no text. */
  async function attempt<T>(
    text: string,
    { signal, what = 'The text' }: RedactOptions,
    make: (findings: readonly Finding[]) => T,
  ): Promise<Result<T>> {
    try {
      return succeed(make(await find(text, signal)));
    } catch (error) {
      return fail(
        error instanceof RefusedSettings
          ? error.failure
          : { kind: 'redactionFailed', what, detail: errorMessage(error) },
      );
    }
  }

  return {
    redact: (text, options = {}) => attempt(text, options, (findings) => replace(text, findings)),
    hide: (text, options = {}) =>
      attempt(text, options, (findings) => {
        const { text: left, counts } = substitute(text, findings, () => hiddenWord);
        return { text: left, hidden: [...counts.values()].reduce((sum, count) => sum + count, 0) };
      }),
    configure(changed) {
      settings = parseRedactionSettings(changed);
      scan = scanOf(settings);
      return settings.ok ? undefined : settings.failure;
    },
    stream: ({ signal, what = 'The text' } = {}) =>
      createStreamRedactor({ find: (text) => find(text, signal), replace }, what),
    learn: (values) => learned.learn(values),
    reply: () => {
      for (const value of learned.values())
        if (!settings.ok || !settings.value.allow.has(value))
          known.add(value, () => placeholders.of(value, 'environment-value'));
      return known.reply();
    },
    state: () => placeholders.state(),
  };

  function replace(text: string, findings: readonly Finding[]): RedactedText {
    // A log repeats few secrets; a fingerprint costs microseconds. Kept for this text alone.
    const met = new Map<string, string>();
    const placeholderOf = (secret: string, kind: string): string => {
      const before = met.get(secret);
      if (before !== undefined) return before;
      const placeholder = placeholders.of(secret, kind);
      met.set(secret, placeholder);
      known.add(secret, () => placeholder);
      return placeholder;
    };
    const { text: redacted, counts } = substitute(text, findings, placeholderOf);
    const redactions = [...counts].map(([kind, count]) => ({ kind, count }));
    return { text: redacted as Redacted, redactions };
  }

  function substitute(
    text: string,
    findings: readonly Finding[],
    wordFor: (secret: string, kind: string) => string,
  ): { readonly text: string; readonly counts: ReadonlyMap<string, number> } {
    const counts = new Map<string, number>();
    const pieces: string[] = [];
    let at = 0;
    for (const finding of withoutPlaceholders(text, findings)) {
      const written = text.slice(finding.start, finding.end);
      const secret = finding.secret ?? written;
      if (settings.ok && settings.value.allow.has(secret)) continue;
      pieces.push(text.slice(at, finding.start), wordFor(secret, finding.kind));
      // The lines after a secret of several lines (a private key) keep their numbers: they are cited by them.
      if (written.includes('\n')) pieces.push('\n'.repeat(written.split('\n').length - 1));
      at = finding.end;
      counts.set(finding.kind, (counts.get(finding.kind) ?? 0) + 1);
    }
    pieces.push(text.slice(at));
    return { text: pieces.join(''), counts };
  }
}

/** What stands for a secret that was left out of a draft. */
const hiddenWord = '«hidden»';

/** Fails every redaction by the same words, which name the setting. */
class RefusedSettings extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super('The redaction settings are refused.');
    this.failure = failure;
  }
}

function scanOf(settings: Result<RedactionSettings>): Scan {
  return scanFor(settings.ok ? settings.value.personalData : defaultPersonalData);
}

/** Whether what is left beside placeholders can be a secret: the sign or the short name between two is none. */
function isWorthHiding(rest: string): boolean {
  return /[\p{L}\p{N}]{4}/u.test(rest);
}

/** A kind of 40 characters, a number of six, and the marks between and around them. */
const longestPlaceholder = 49;

/** What was hidden before stays as it is: its placeholders are cut out of the findings, so that redacting twice is redacting once. */
function withoutPlaceholders(text: string, findings: readonly Finding[]): Finding[] {
  if (!text.includes('«')) return [...findings];
  const kept: Finding[] = [];
  for (const finding of findings) {
    // With what stands around it: a rule may take the quotes of a placeholder for those of a value.
    const base = Math.max(0, finding.start - longestPlaceholder);
    let start = finding.start;
    for (const match of text.slice(base, finding.end + longestPlaceholder).matchAll(placeholderPattern)) {
      const from = base + match.index;
      const to = from + match[0].length;
      if (to <= start || from >= finding.end) continue;
      if (isWorthHiding(text.slice(start, from))) kept.push({ ...finding, start, end: from });
      start = to;
    }
    const whole = start === finding.start;
    if (start < finding.end && (whole || isWorthHiding(text.slice(start, finding.end))))
      kept.push({ ...finding, start });
  }
  // A colon or a bracket that is left beside a placeholder is no secret.
  return kept.filter(({ start, end }) => /[\p{L}\p{N}]/u.test(text.slice(start, end)));
}
