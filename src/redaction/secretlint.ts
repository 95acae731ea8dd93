import type { rules as recommendedRules } from '@secretlint/secretlint-rule-preset-recommend';
import { rank } from './finding.ts';
import type { Finding } from './finding.ts';
import { libraryAnchors } from './libraryAnchors.ts';
import type { LibraryPlaces } from './libraryAnchors.ts';

type LibraryRule = (typeof recommendedRules)[number];
type Context = Parameters<LibraryRule['create']>[0];
type Source = Parameters<NonNullable<ReturnType<LibraryRule['create']>['file']>>[0];

/** The length of text that a rule of the library gets at once: some of its patterns are quadratic in it. */
const blockLength = 16 * 1024;
/** The same for text without line breaks, which is where they are. */
const unbrokenLength = 4 * 1024;
/** By how much blocks overlap where no line break is near: longer than any token the library knows. */
const overlap = 1_500;

/**
 * Ours is the place of each secret, so only that is asked of the library: its recommended rules are called as its rule
 * interface has it, without `@secretlint/core`. The core obeys `secretlint-disable` comments in the text, which a hostile
 * log could hold; compares every message with every other; and leaves marks on the process's performance timeline for
 * each rule of each call, which nothing removes.
 */
export interface SecretlintScanner {
  /** `places` are those of the rules' literals in the text, or in one that this was made from by blanking parts out; offsets ascend. */
  scan(text: string, places: LibraryPlaces): Promise<Finding[]>;
}

/** Loads the library on the first call of it: about 60 kB of script and a few milliseconds. */
export async function loadSecretlint(): Promise<SecretlintScanner> {
  const { rules } = await import('@secretlint/secretlint-rule-preset-recommend');
  const scanners = rules
    .filter((rule) => !rule.meta.id.endsWith('filter-comments'))
    .map((rule) => ({ rule, name: nameOf(rule.meta.id), kind: kindOf(rule.meta.id) }));
  return {
    async scan(text, places) {
      const findings: Finding[] = [];
      const next = new Map<string, number>();
      /** Whether a literal of a rule stands in a block; blocks are asked about in their order. */
      const isNamed = (name: string, from: number, to: number): boolean => {
        if (!(name in libraryAnchors)) return true;
        const own = places.get(name);
        if (own === undefined) return false;
        let at = next.get(name) ?? 0;
        while ((own[at] ?? Infinity) < from) at += 1;
        next.set(name, at);
        return (own[at] ?? Infinity) < to;
      };
      for (const [from, to] of blocks(text)) {
        let source: Source | undefined;
        for (const { rule, name, kind } of scanners) {
          if (!isNamed(name, from, to)) continue;
          source ??= sourceOf(text.slice(from, to));
          const context = contextOf((start, end) => {
            findings.push({ start: from + start, end: from + end, kind, rank: rank.library });
          });
          await rule.create(context, {}).file?.(source);
        }
      }
      return findings;
    },
  };
}

/** Cuts at a line break where one is in the last half of a block, else overlaps. */
function* blocks(text: string): Generator<readonly [number, number]> {
  let from = 0;
  while (from < text.length) {
    const unbroken = !text.slice(from, from + unbrokenLength).includes('\n');
    const length = unbroken ? unbrokenLength : blockLength;
    const limit = from + length;
    if (limit >= text.length) {
      yield [from, text.length];
      return;
    }
    const half = from + length / 2;
    const lineBreak = text.slice(half, limit).lastIndexOf('\n');
    const cut = lineBreak >= 0 ? half + lineBreak + 1 : limit;
    yield [from, cut];
    from = cut === limit ? cut - overlap : cut;
  }
}

function contextOf(found: (start: number, end: number) => void): Context {
  return {
    sharedOptions: {},
    // The message would quote the secret: it is not made.
    createTranslator: () => (messageId) => ({ message: '', messageId: String(messageId), data: undefined }),
    report: ({ range }) => found(range[0], range[1]),
    ignore: () => undefined,
  };
}

function sourceOf(content: string): Source {
  const noPosition = (): never => {
    throw new Error('Only offsets are known of evidence.');
  };
  return {
    hasBOM: false,
    content,
    filePath: undefined,
    physicalFilePath: undefined,
    contentType: 'text',
    ext: '',
    getFilePath: () => undefined,
    getPhysicalFilePath: () => undefined,
    locationToRange: noPosition,
    rangeToLocation: noPosition,
    positionToIndex: noPosition,
    indexToPosition: noPosition,
  };
}

/** `@secretlint/secretlint-rule-github` → `github`. */
function nameOf(ruleId: string): string {
  return /secretlint-rule-([a-z0-9-]{1,30})$/.exec(ruleId)?.[1] ?? 'known';
}

/** `@secretlint/secretlint-rule-github` → `github-secret`. */
function kindOf(ruleId: string): string {
  const name = nameOf(ruleId);
  if (name === 'privatekey') return 'private-key';
  if (name === 'basicauth') return 'url-password';
  if (name === 'database-connection-string') return 'connection-string';
  return `${name}-secret`;
}
