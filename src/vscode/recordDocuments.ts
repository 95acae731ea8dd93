import * as vscode from 'vscode';
import { postmortem, timelineDocument } from '../incident/postmortem.ts';
import type { PostmortemOptions } from '../incident/postmortem.ts';
import { t } from '../model/l10n.ts';
import { explain, explainUngrounded } from '../wording.ts';
import type { Documents } from './documents.ts';
import { notify } from './notices.ts';
import type { Session } from './session.ts';

/** Sentences for the record; what to do next, which the panel adds, is past when it is read. */
const options: PostmortemOptions = {
  words: { failure: (failure) => explain(failure).what, ungrounded: explainUngrounded },
};

/** Opens the postmortem of the open incident as an untitled Markdown document, to be edited and saved where it belongs. */
export async function exportPostmortem({ investigation }: Session): Promise<void> {
  if (investigation === undefined) return;
  const { incident, store } = investigation;
  const redacted = await investigation.exported(postmortem(incident, store.history, options), t('Postmortem'));
  if (!redacted.ok) return notify(redacted.failure);
  const content = redacted.value;
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Active, preview: false });
}

/** Shows the timeline of the open incident so far, read-only. */
export async function showTimeline({ investigation }: Session, documents: Documents): Promise<void> {
  if (investigation === undefined) return;
  const { incident, store } = investigation;
  const redacted = await investigation.exported(timelineDocument(incident, store.history, options), t('Timeline'));
  if (!redacted.ok) return notify(redacted.failure);
  await documents.showText(`/timeline/${t('Timeline')}.md`, redacted.value);
}
