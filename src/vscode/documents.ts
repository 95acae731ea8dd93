import * as vscode from 'vscode';
import { documentScheme } from '../contributions.ts';
import type { Endpoint } from '../model/claude.ts';
import type { Evidence, EvidenceId } from '../model/evidence.ts';
import type { Incident } from '../model/incident.ts';
import { replyText } from '../model/reply.ts';
import type { RunId } from '../model/reply.ts';
import { stepDefinition } from '../model/steps.ts';
import type { StepId } from '../model/steps.ts';
import type { PreparedQuestion } from '../investigation/preparation.ts';
import { t } from '../model/l10n.ts';
import { asLabel } from '../model/label.ts';
import { requestJson, requestPreview } from './requestPreview.ts';
import { sentAsText } from './sentText.ts';
import type { Session } from './session.ts';

/**
 * Read-only documents that show, in an editor, the very text that goes out: a piece of evidence, or a whole question
 * before it is asked.
 */
export class Documents implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly onDidChange: vscode.Event<vscode.Uri>;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #previews = new Map<string, string>();
  readonly #session: Session;
  readonly #registration: vscode.Disposable;

  constructor(session: Session) {
    this.#session = session;
    this.onDidChange = this.#changed.event;
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(documentScheme, this);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    const preview = this.#previews.get(uri.toString());
    if (preview !== undefined) return preview;
    const id = uri.path.split('/')[1];
    const evidence = this.#session.investigation?.incident.evidence.find((item) => item.id === id);
    return evidence?.text ?? t('This is not part of the open incident.');
  }

  /** Opens a piece of evidence as it is sent, at a line where one is given (its number as it is cited). */
  async showEvidence(id: EvidenceId, line?: number): Promise<void> {
    const evidence = this.#session.investigation?.incident.evidence.find((item) => item.id === id);
    if (evidence === undefined) return;
    const uri = vscode.Uri.from({ scheme: documentScheme, path: `/${id}/${fileName(evidence)}` });
    const at = line === undefined ? undefined : Math.max(0, line - (evidence.firstLine ?? 1));
    await show(uri, at);
  }

  /** Opens the whole text of a reply. */
  async showReply(runId: RunId): Promise<void> {
    const run = this.#session.investigation?.incident.runs.find(({ id }) => id === runId);
    if (run === undefined) return;
    const { number, title } = stepDefinition(run.step);
    await this.#showRecord(`/reply/${t('{0}, step {1} {2}', runId, number, title)}.md`, replyText(run));
  }

  /** Opens what a question of this step would send now: figures, then the very text; or its exact JSON. */
  async showQuestion(
    step: StepId,
    prepared: PreparedQuestion,
    incident: Incident,
    endpoint: Endpoint | undefined,
    as: 'text' | 'json' = 'text',
  ): Promise<void> {
    const { number, title } = stepDefinition(step);
    const path = `/preview/${t('Step {0} {1}, what is sent', number, title)}`;
    if (as === 'json') await this.showText(`${path}.json`, requestJson(prepared, endpoint));
    else await this.showText(`${path}.txt`, requestPreview({ number, title, prepared, incident, endpoint }));
  }

  /** Opens the list of everything that was sent in this incident. */
  async showSent(incident: Incident): Promise<void> {
    await this.#showRecord(`/sent/${t('What was sent')}.txt`, sentAsText(incident));
  }

  /** What was written into the record earlier, without the values that were learnt since. */
  async #showRecord(path: string, text: string): Promise<void> {
    await this.showText(path, this.#session.investigation?.record(text) ?? text);
  }

  /** Opens a text made for reading; the same path shows the newest one. The ending of the path gives its language. */
  async showText(path: string, text: string): Promise<void> {
    const uri = vscode.Uri.from({ scheme: documentScheme, path });
    this.provide(uri, text);
    await show(uri);
  }

  /** Gives a document its text, until another is given. */
  provide(uri: vscode.Uri, text: string): void {
    this.#previews.set(uri.toString(), text);
    this.#changed.fire(uri);
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}

async function show(uri: vscode.Uri, line?: number): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const editor = await vscode.window.showTextDocument(document, {
    preview: true,
    viewColumn: vscode.ViewColumn.Active,
  });
  if (line === undefined || line >= document.lineCount) return;
  const range = document.lineAt(line).range;
  editor.selection = new vscode.Selection(range.start, range.end);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** A name with the ending of its source, so that the editor colours it; unable to leave its place in the path. */
function fileName({ title, source, kind }: Evidence): string {
  const name = asLabel(kind === 'file' ? source : title).replace(/[\\/:*?"<>|]/g, ' ');
  return /\.\w{1,5}$/.test(name) ? name : `${name}.log`;
}
