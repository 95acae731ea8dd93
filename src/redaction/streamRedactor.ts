import { errorMessage, fail, succeed } from '../model/failure.ts';
import type { Result } from '../model/failure.ts';
import type { Redacted } from '../model/redacted.ts';
import type { Finding } from './finding.ts';
import type { RedactedText } from './redactor.ts';

/** New text that is waited for before a look is taken: a look costs the same for one character. */
const worthALook = 4 * 1024;
/** What is held back at the end, for what comes next may make a secret of it: the longest a value or a wrapped token reaches. */
const heldBack = 8 * 1024;
/** What was given out is looked at again beside what follows: a name in one line, its value in the next. */
const context = 16 * 1024;
/** The longest private key: from its head on everything is held back until its end, or this much, has come. */
const longestKey = 24 * 1024;

export interface StreamRedactor {
  /** Takes a piece, and gives out what is sure by now: often nothing, later several lines at once. */
  push(piece: string): Promise<Result<RedactedText>>;
  /** Gives out the rest. */
  end(): Promise<Result<RedactedText>>;
}

/** What a stream needs of the redactor: both parts see raw text. */
export interface StreamParts {
  find(text: string): Promise<Finding[]>;
  replace(text: string, findings: readonly Finding[]): RedactedText;
}

/**
 * Redacts text that arrives in pieces, a terminal's output: whatever the pieces, their results put together are the
 * redaction of the whole. Text is given out up to a line break at least 8 KiB back; a line longer than that is held until it ends.
 * Bounds: a secret that reaches over more than 16 KiB (a private key: 24 KiB) may be treated as its parts would be. Calls must follow
 * one another. After a failure the stream is over: every further call fails, since what was held back may hold half a secret.
 */
export function createStreamRedactor(parts: StreamParts, what: string): StreamRedactor {
  let text = '';
  let given = 0;
  let looked = 0;
  let failed: Result<RedactedText> | undefined;

  async function give(final: boolean): Promise<Result<RedactedText>> {
    if (failed !== undefined) return failed;
    if (!final && text.length - looked < worthALook) return succeed({ text: '' as Redacted, redactions: [] });
    looked = text.length;
    try {
      const findings = await parts.find(text);
      const end = final ? text.length : safeEnd(text, given, findings);
      const from = given;
      const due = findings.filter((finding) => finding.end > from && finding.start < end);
      const result = parts.replace(
        text.slice(from, end),
        due.map((finding) => ({ ...finding, start: Math.max(0, finding.start - from), end: finding.end - from })),
      );
      const dropped = lineStartBefore(text, Math.max(0, end - context));
      text = text.slice(dropped);
      given = end - dropped;
      looked -= dropped;
      return succeed(result);
    } catch (error) {
      text = '';
      failed = fail({ kind: 'redactionFailed', what, detail: errorMessage(error) });
      return failed;
    }
  }

  return {
    push(piece) {
      text += piece;
      return give(false);
    },
    end: () => give(true),
  };
}

/** The last line break behind which nothing that comes can change what stands before it. */
function safeEnd(text: string, given: number, findings: readonly Finding[]): number {
  let limit = text.length - heldBack;
  const key = text.lastIndexOf('-----BEGIN');
  if (key >= given && text.length - key < longestKey && !text.includes('-----END', key)) limit = Math.min(limit, key);
  let end = lineStartBefore(text, limit);
  for (const finding of [...findings].reverse()) {
    // What touches the cut may go on behind it.
    if (finding.start < end && finding.end >= end - 2) end = lineStartBefore(text, finding.start);
  }
  return Math.max(given, end);
}

function lineStartBefore(text: string, at: number): number {
  return at <= 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
}
