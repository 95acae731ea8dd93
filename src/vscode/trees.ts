import * as vscode from 'vscode';
import { commands, views } from '../contributions.ts';
import { presentEvidence, activeRun, nextStep } from '../model/incident.ts';
import { stillSent } from '../model/cutWords.ts';
import type { Incident } from '../model/incident.ts';
import type { Evidence, EvidenceKind } from '../model/evidence.ts';
import { plural, t } from '../model/l10n.ts';
import { asLabel } from '../model/label.ts';
import { evidenceTitle } from '../model/evidenceTitle.ts';
import { evidenceSource, leftOutWords } from '../model/evidenceSource.ts';
import { roleName } from '../model/names.ts';
import { stepDefinition, stepIds } from '../model/steps.ts';
import type { StepId } from '../model/steps.ts';
import { maxSuspects } from '../model/suspect.ts';
import type { Suspect } from '../model/suspect.ts';
import { openProposals } from '../model/traceReport.ts';
import type { SuspectProposal } from '../model/traceReport.ts';
import { reasonWords } from '../traceWording.ts';
import type { Session } from './session.ts';
import type { TraceWatch } from './traceWatch.ts';

/** A flat tree of one kind of thing of the open incident; empty, with the manifest's welcome text, where there is none. */
class IncidentTree<T> implements vscode.TreeDataProvider<T> {
  readonly onDidChangeTreeData: vscode.Event<undefined>;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #items: () => readonly T[];
  readonly #draw: (item: T) => vscode.TreeItem;

  constructor(items: () => readonly T[], draw: (item: T) => vscode.TreeItem) {
    this.onDidChangeTreeData = this.#changed.event;
    this.#items = items;
    this.#draw = draw;
  }

  refresh(): void {
    this.#changed.fire(undefined);
  }

  getChildren(): T[] {
    return [...this.#items()];
  }

  /**
   * A tooltip would be read out in place of the label: what is seen is what is said. Names of files, lines of logs and
   * what Claude said are in all of them.
   */
  getTreeItem(item: T): vscode.TreeItem {
    const drawn = this.#draw(item);
    const label = typeof drawn.label === 'string' ? asLabel(drawn.label) : '';
    const description = typeof drawn.description === 'string' ? asLabel(drawn.description, 300) : '';
    drawn.label = label;
    drawn.description = description;
    if (typeof drawn.tooltip === 'string')
      drawn.tooltip = drawn.tooltip
        .split('\n', 20)
        .map((line) => asLabel(line, 400))
        .join('\n');
    drawn.accessibilityInformation = { label: [label, description].filter((text) => text !== '').join(', ') };
    return drawn;
  }
}

/** Shows the checklist, the suspects and the evidence in the activity bar, always as the incident has them. */
export function registerTrees(session: Session, traces: TraceWatch): vscode.Disposable {
  const incident = (): Incident | undefined => session.investigation?.incident;
  const checklist = new IncidentTree<StepId>(
    () => (incident() === undefined ? [] : stepIds),
    (step) => stepItem(step, incident()),
  );
  const suspects = new IncidentTree<Suspect | SuspectProposal>(
    () => [...(incident()?.suspects ?? []), ...openProposals(traces.report, incident())],
    (item) => ('file' in item ? proposalItem(item) : suspectItem(item)),
  );
  const evidence = new IncidentTree<Evidence>(
    () => presentIn(incident()),
    (item) => evidenceItem(item, incident()),
  );
  const checklistView = vscode.window.createTreeView(views.checklist, {
    treeDataProvider: checklist,
    manageCheckboxStateManually: true,
  });
  const suspectsView = vscode.window.createTreeView(views.suspects, { treeDataProvider: suspects });
  const evidenceView = vscode.window.createTreeView(views.evidence, { treeDataProvider: evidence });
  const refresh = (): void => {
    checklist.refresh();
    suspects.refresh();
    evidence.refresh();
    const present = incident();
    suspectsView.description = present === undefined ? '' : `${present.suspects.length}/${maxSuspects}`;
    checklistView.description = asLabel(present?.title ?? '');
  };
  refresh();
  return vscode.Disposable.from(
    checklistView,
    suspectsView,
    evidenceView,
    checklistView.onDidChangeCheckboxState(({ items }) => {
      for (const [step, state] of items) {
        session.investigation?.checkStep(step, state === vscode.TreeItemCheckboxState.Checked);
      }
    }),
    session.onDidSwitch(refresh),
    traces.onDidChange(() => suspects.refresh()),
    session.onDidHappen((event) => {
      if (event.type !== 'replyDelta') refresh();
    }),
  );
}

function presentIn(incident: Incident | undefined): readonly Evidence[] {
  return incident === undefined ? [] : presentEvidence(incident);
}

function stepItem(step: StepId, incident: Incident | undefined): vscode.TreeItem {
  const { number, title, purpose } = stepDefinition(step);
  const item = new vscode.TreeItem(`${number} ${title}`);
  item.id = step;
  item.tooltip = purpose;
  if (incident === undefined) return item;
  const { mark } = incident.steps[step];
  const checked = mark.kind === 'checked';
  item.checkboxState = {
    state: checked ? vscode.TreeItemCheckboxState.Checked : vscode.TreeItemCheckboxState.Unchecked,
    tooltip: checked ? t('Uncheck {0}', title) : t('Check {0}', title),
    accessibilityInformation: { label: `${number} ${title}`, role: 'checkbox' },
  };
  item.description = stepState(step, incident);
  item.command = { command: commands.revealStep, title: t('Show Step'), arguments: [step] };
  return item;
}

function stepState(step: StepId, incident: Incident): string {
  const { mark } = incident.steps[step];
  if (activeRun(incident)?.step === step) return t('Claude is answering…');
  if (mark.kind === 'skipped') return t('skipped: {0}', mark.reason);
  if (mark.kind === 'checked') return '';
  const last = incident.runs.findLast((run) => run.step === step);
  if (last?.phase.kind === 'failed') return t('failed');
  if (last?.phase.kind === 'stopped' || last?.phase.kind === 'interrupted') return t('incomplete');
  return nextStep(incident) === step ? t('next') : '';
}

function suspectItem(suspect: Suspect): vscode.TreeItem {
  const uri = vscode.Uri.parse(suspect.uri, true);
  const item = new vscode.TreeItem(suspect.path.split('/').at(-1) ?? suspect.path);
  item.id = suspect.uri;
  item.resourceUri = uri;
  item.iconPath = vscode.ThemeIcon.File;
  item.description = `${roleName(suspect.role)} · ${suspect.path}`;
  item.tooltip = `${suspect.path}\n${t('Role: {0}', roleName(suspect.role))}`;
  item.contextValue = 'suspect';
  item.command = { command: 'vscode.open', title: t('Open File'), arguments: [uri] };
  return item;
}

/** A file that may become a suspect with one click; not one yet. */
function proposalItem(proposal: SuspectProposal): vscode.TreeItem {
  const { file, role, reason, line } = proposal;
  const item = new vscode.TreeItem(file.path.split('/').at(-1) ?? file.path);
  item.id = `proposed ${role} ${file.uri}`;
  item.iconPath = new vscode.ThemeIcon('lightbulb');
  item.description = `${t('proposed as {0}', roleName(role))} · ${file.path}`;
  item.tooltip = t('Proposed as {0}: {1}', roleName(role), reasonWords(reason));
  item.contextValue = 'proposedSuspect';
  const selection = line === undefined ? undefined : new vscode.Range(line - 1, 0, line - 1, 0);
  item.command = {
    command: 'vscode.open',
    title: t('Open File'),
    arguments: [vscode.Uri.parse(file.uri, true), ...(selection === undefined ? [] : [{ selection }])],
  };
  return item;
}

const icons: Readonly<Record<EvidenceKind, string>> = {
  errorText: 'error',
  clipboard: 'clippy',
  selection: 'list-selection',
  logTail: 'output',
  stackTail: 'layers',
  terminal: 'terminal',
  file: 'file-code',
  commits: 'git-commit',
  diff: 'diff',
  environment: 'symbol-variable',
  logDigest: 'graph',
  productionEnvironment: 'server-environment',
  blame: 'history',
  callers: 'call-incoming',
};

function evidenceItem(evidence: Evidence, incident: Incident | undefined): vscode.TreeItem {
  const item = new vscode.TreeItem(evidenceTitle(evidence));
  const hidden = evidence.redactions.reduce((sum, { count }) => sum + count, 0);
  item.id = evidence.id;
  item.iconPath = new vscode.ThemeIcon(icons[evidence.kind]);
  item.description = [
    evidence.id,
    plural(evidence.lineCount, '{0} line', '{0} lines'),
    ...(hidden === 0 ? [] : [plural(hidden, '{0} secret hidden', '{0} secrets hidden')]),
    (incident === undefined ? undefined : stillSent(evidence, incident)) ??
      (evidence.sentIn === undefined ? t('not sent') : t('sent')),
  ].join(' · ');
  item.tooltip = [
    evidenceSource(evidence),
    ...(evidence.omitted === undefined ? [] : [t('Left out: {0}', leftOutWords(evidence.omitted))]),
  ].join('\n');
  item.contextValue = 'evidence';
  item.command = { command: commands.previewEvidence, title: t('Preview'), arguments: [evidence] };
  return item;
}
