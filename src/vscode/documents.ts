import * as vscode from 'vscode';
import { documentScheme } from '../contributions.ts';
import type { ContextCut } from '../model/contextCut.ts';
import { cutInWords } from '../model/cutWords.ts';
import type { Evidence, EvidenceId } from '../model/evidence.ts';
import type { Incident } from '../model/incident.ts';
import type { PromptBlock } from '../model/request.ts';
import { stepDefinition } from '../model/steps.ts';
import type { StepId } from '../model/steps.ts';
import type { PreparedQuestion } from '../investigation/preparation.ts';
import type { Session } from './session.ts';

/**
 * Read-only documents that show, in an editor, the very text that goes out: a piece of evidence, or a whole question
 * before it is asked.
 */
export class Documents implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly onDidChange: vscode.Event<vscode.Uri>;
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly previews = new Map<string, string>();
  private readonly session: Session;
  private readonly registration: vscode.Disposable;

  constructor(session: Session) {
    this.session = session;
    this.onDidChange = this.changed.event;
    this.registration = vscode.workspace.registerTextDocumentContentProvider(documentScheme, this);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    const preview = this.previews.get(uri.toString());
    if (preview !== undefined) return preview;
    const id = uri.path.split('/')[1];
    const evidence = this.session.investigation?.incident.evidence.find((item) => item.id === id);
    return evidence?.text ?? 'This is not part of the open incident.';
  }

  /** Opens a piece of evidence as it is sent, at a line where one is given (its number as it is cited). */
  async showEvidence(id: EvidenceId, line?: number): Promise<void> {
    const evidence = this.session.investigation?.incident.evidence.find((item) => item.id === id);
    if (evidence === undefined) return;
    const uri = vscode.Uri.from({ scheme: documentScheme, path: `/${id}/${fileName(evidence)}` });
    const at = line === undefined ? undefined : Math.max(0, line - (evidence.firstLine ?? 1));
    await show(uri, at);
  }

  /** Opens what a question of this step would send now. */
  async showQuestion(step: StepId, prepared: PreparedQuestion): Promise<void> {
    const { number, title } = stepDefinition(step);
    await this.showText(
      `/preview/Step ${number} ${title}, what is sent.txt`,
      questionAsText(prepared, this.session.investigation?.incident),
    );
  }

  /** Opens the list of everything that was sent in this incident. */
  async showSent(incident: Incident): Promise<void> {
    await this.showText('/sent/What was sent.txt', sentAsText(incident));
  }

  /** Opens a text made for reading; the same path shows the newest one. The ending of the path gives its language. */
  async showText(path: string, text: string): Promise<void> {
    const uri = vscode.Uri.from({ scheme: documentScheme, path });
    this.provide(uri, text);
    await show(uri);
  }

  /** Gives a document its text, until another is given. */
  provide(uri: vscode.Uri, text: string): void {
    this.previews.set(uri.toString(), text);
    this.changed.fire(uri);
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
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
  const name = (kind === 'file' ? source : title).replace(/[\\/:*?"<>|]/g, ' ');
  return /\.\w{1,5}$/.test(name) ? name : `${name}.log`;
}

function questionAsText({ prompt, cut, evidence }: PreparedQuestion, incident: Incident | undefined): string {
  const latest = prompt.messages.at(-1);
  const earlier = prompt.messages.length - 1;
  return [
    'What this question sends. Secrets are replaced already; this is the very text.',
    earlier === 0
      ? ''
      : `Before it, the conversation so far is sent again (${earlier} messages, read from the cache where it can be).\n`,
    ...(cut === undefined ? [] : [cutAsText(cut, [...(incident?.evidence ?? []), ...evidence])]),
    ...(latest?.content ?? []).map(blockAsText),
    '— The text that heads every request —',
    prompt.system,
  ].join('\n\n');
}

function cutAsText(cut: ContextCut, evidence: readonly Evidence[]): string {
  const { summary, details } = cutInWords(cut, { evidence });
  return [summary, ...details.map((detail) => `  ${detail}`)].join('\n');
}

function blockAsText(block: PromptBlock): string {
  if (block.type === 'text') return block.text;
  if (block.type === 'tool_result') return `(Answer to a tool call: ${block.content})`;
  if (block.type === 'thinking') return '';
  return `(Tool call ${block.name}: ${JSON.stringify(block.input)})`;
}

function sentAsText(incident: Incident): string {
  if (incident.runs.length === 0) return 'Nothing was sent in this incident.';
  return incident.runs
    .map((run, place) => {
      const { number, title } = stepDefinition(run.step);
      const { endpoint } = run;
      const cuts = incident.cuts.filter(({ fromRun }) => fromRun === place);
      const items = incident.evidence.filter(({ sentIn }) => sentIn === run.id);
      return [
        `${new Date(run.askedAt).toLocaleString()}  ${run.id}, step ${number} ${title}`,
        `to ${endpoint.name} (${endpoint.host}), ${endpoint.model}${endpoint.demo ? ', demo replies' : ''}`,
        ...cuts.map((cut) => cutAsText(cut, incident.evidence)),
        ...items.map(({ id, title: what, lineCount, redactions }) => {
          const hidden = redactions.map(({ kind, count }) => `${count} × ${kind}`).join(', ');
          return `  ${id}  ${what}, ${lineCount} lines${hidden === '' ? '' : `, hidden: ${hidden}`}`;
        }),
        ...run.question.split('\n').map((line) => `  | ${line}`),
      ].join('\n');
    })
    .join('\n\n');
}
