import { redactedTemplate, rewriteRedacted, wellFormed } from './redacted.ts';
import type { Redacted } from './redacted.ts';

/** Characters of a reply's text, or of a search's answer, that a cut leaves. */
const keptOfText = 600;

/** A text that is shorter than what a cut leaves with its note stays whole. */
const worthCutting = keptOfText + 200;

/**
 * The beginning or the end of a text, in whole lines where one fits, and a note on what is missing. The end is kept to the
 * letter: a reply that is continued goes on from it.
 */
export function cutText(text: Redacted, keeps: 'start' | 'end'): Redacted {
  if (text.length <= worthCutting) return text;
  const kept = keptPart(text, keeps);
  const left = text.length - kept.length;
  const note = redactedTemplate`[${left} characters were cut here to keep the conversation short enough.]`;
  return keeps === 'start' ? redactedTemplate`${kept}\n\n${note}` : redactedTemplate`${note}\n\n${kept}`;
}

/** What `cutText` leaves of the text itself. */
export function keptPart(text: Redacted, keeps: 'start' | 'end'): Redacted {
  if (text.length <= worthCutting) return text;
  return rewriteRedacted(text, () => (keeps === 'start' ? firstLines(text) : lastLines(text)));
}

function firstLines(text: string): string {
  const end = text.lastIndexOf('\n', keptOfText);
  return wellFormed(text.slice(0, end > keptOfText / 4 ? end : keptOfText)).trimEnd();
}

function lastLines(text: string): string {
  const start = text.indexOf('\n', text.length - keptOfText);
  const isNear = start !== -1 && start < text.length - keptOfText / 4;
  return wellFormed(text.slice(isNear ? start + 1 : text.length - keptOfText));
}
