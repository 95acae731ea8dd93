import type { nothing, TemplateResult } from 'lit-html';
import { t } from '../../../src/model/l10n.ts';
import type { RunId, Verdict } from '../../../src/model/reply.ts';
import type { PanelContext } from '../context.ts';
import { noteBoxView, openNoteBox } from '../noteBox.ts';

const place = 'record:hypotheses';

/** A hypothesis as the user has judged it so far. `index` counts from 0, as the record does; `rank` from 1. */
export interface Judged {
  readonly runId: RunId;
  readonly index: number;
  readonly rank: number;
  readonly kind: Verdict['kind'];
  readonly note: string;
}

/** Sends a verdict; a note that is being written goes along, and otherwise the one that is there stays. */
export async function sendVerdict(
  { view, actions }: PanelContext,
  judged: Judged,
  verdict: Verdict['kind'],
): Promise<void> {
  const { runId, index } = judged;
  const written = view.draft(keyOf(judged));
  const note = (written ?? judged.note).trim();
  const sent = await actions.send(place, { type: 'judgeHypothesis', runId, index, verdict, note });
  if (sent) view.clearDraft(keyOf(judged), written);
}

/** Opens the box for a note, with the note that is there. */
export function openNote(context: PanelContext, judged: Judged): void {
  openNoteBox(context, { key: keyOf(judged), id: idOf(judged) }, judged.note);
}

/** The box for a note, where it is open. */
export function noteBox(context: PanelContext, judged: Judged): TemplateResult | typeof nothing {
  return noteBoxView(context, {
    key: keyOf(judged),
    id: idOf(judged),
    label: t('Note on hypothesis {0}', judged.rank),
    placeholder: t('What showed it? Goes into the record (Ctrl+Enter keeps it)'),
    place,
    onKeep: () => void sendVerdict(context, judged, judged.kind),
  });
}

function keyOf({ runId, index }: Judged): `note:${RunId}:${number}` {
  return `note:${runId}:${index}`;
}

function idOf({ runId, index }: Judged): string {
  return `note-${runId}-${index}`;
}
