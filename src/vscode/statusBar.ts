import * as vscode from 'vscode';
import { commands } from '../contributions.ts';
import { activeRun, nextStep, stepsSettled } from '../model/incident.ts';
import type { Incident } from '../model/incident.ts';
import { plural, t } from '../model/l10n.ts';
import { asLabel } from '../model/label.ts';
import { answeringEndpoint } from '../model/reply.ts';
import { stepDefinition, stepIds } from '../model/steps.ts';
import type { Session } from './session.ts';

/** How often the elapsed time is drawn, in milliseconds. */
const tickMs = 15_000;

/**
 * The incident at a glance: elapsed time, steps done, streaming or not, and who answers where that is not the endpoint
 * that is asked first (`normal`). Its hover lists the steps, each a link. Hidden where no incident is open.
 */
export function registerStatusBar(session: Session, normal: () => string | undefined): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('incidentPanel.status', vscode.StatusBarAlignment.Left, 10);
  item.name = t('Incident');
  item.command = commands.openPanel;
  const draw = (): void => {
    const incident = session.investigation?.incident;
    if (incident === undefined || incident.status.kind === 'resolved') {
      item.hide();
      return;
    }
    const run = activeRun(incident);
    const minutes = Math.floor((Date.now() - incident.startedAt) / 60_000);
    const icon = run === undefined ? '$(flame)' : '$(loading~spin)';
    item.text = `${icon} ${elapsed(minutes)} · ${stepsSettled(incident)}/${stepIds.length}`;
    const answering = run === undefined ? undefined : answeringEndpoint(run);
    if (incident.demo !== undefined) item.text += ` · ${t('demo')}`;
    else if (answering !== undefined && answering.name !== normal()) item.text += ` · ${asLabel(answering.name, 40)}`;
    item.tooltip = hover(incident, normal());
    item.accessibilityInformation = {
      label: plural(
        minutes,
        'Incident, {0} minute, {1} of {2} steps',
        'Incident, {0} minutes, {1} of {2} steps',
        stepsSettled(incident),
        stepIds.length,
      ),
    };
    item.show();
  };
  draw();
  const timer = setInterval(draw, tickMs);
  return vscode.Disposable.from(
    item,
    { dispose: () => clearInterval(timer) },
    session.onDidSwitch(draw),
    session.onDidHappen(({ type }) => {
      if (type !== 'replyDelta') draw();
    }),
  );
}

/** What the hover may run, and nothing else: its title comes from the error that began the incident. */
const linked = [commands.revealStep, commands.askClaude, commands.stopReply, commands.showTimeline];

const marks = { open: '$(circle-large-outline)', checked: '$(pass-filled)', skipped: '$(debug-step-over)' } as const;

function hover(incident: Incident, normal: string | undefined): vscode.MarkdownString {
  const text = new vscode.MarkdownString('', true);
  text.isTrusted = { enabledCommands: linked };
  const run = activeRun(incident);
  const next = nextStep(incident);
  text.appendMarkdown('**').appendText(asLabel(incident.title, 300)).appendMarkdown('**\n\n');
  for (const id of stepIds) {
    const { number, title } = stepDefinition(id);
    const link = `[${number} ${title}](command:${commands.revealStep}?${encodeURIComponent(JSON.stringify([id]))})`;
    const { kind } = incident.steps[id].mark;
    const note = run?.step === id ? ` $(loading~spin) ${t('answering')}` : id === next ? ` ${t('next')}` : '';
    text.appendMarkdown(`${marks[kind]} ${kind === 'open' ? link : `${link} ${markWords(kind)}`}${note}  \n`);
  }
  text.appendMarkdown('\n');
  if (run === undefined) text.appendText(t('Claude is not asked at the moment.'));
  else
    text.appendText(
      t('{0} is answering step {1}.', asLabel(answeringEndpoint(run).name), stepDefinition(run.step).number),
    );
  if (incident.demo !== undefined) text.appendText(` ${t('Demo replies: nothing goes to the network.')}`);
  else if (normal !== undefined && run === undefined) text.appendText(` ${t('{0} is asked first.', asLabel(normal))}`);
  const act =
    run === undefined
      ? `[${t('Ask Claude')}](command:${commands.askClaude})`
      : `[${t('Stop the reply')}](command:${commands.stopReply})`;
  return text.appendMarkdown(`\n\n${act} · [${t('Show Timeline')}](command:${commands.showTimeline})`);
}

function markWords(kind: 'checked' | 'skipped'): string {
  return kind === 'checked' ? t('(done)') : t('(skipped)');
}

function elapsed(minutes: number): string {
  return minutes < 60 ? t('{0} min', minutes) : t('{0} h {1} min', Math.floor(minutes / 60), minutes % 60);
}
