import * as vscode from 'vscode';
import { commands } from '../contributions.ts';
import { activeRun, stepsSettled } from '../model/incident.ts';
import { t } from '../model/l10n.ts';
import { answeringEndpoint } from '../model/reply.ts';
import { stepDefinition, stepIds } from '../model/steps.ts';
import type { Session } from './session.ts';

/** How often the elapsed time is drawn, in milliseconds. */
const tickMs = 15_000;

/**
 * The incident at a glance: elapsed time, steps done, streaming or not, and who answers where that is not the endpoint
 * that is asked first (`normal`). Hidden where no incident is open.
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
    if (answering !== undefined && answering.name !== normal()) item.text += ` · ${answering.name}`;
    const doing =
      run === undefined
        ? t('Claude is not asked at the moment.')
        : t('{0} is answering step {1}.', answering?.name ?? 'Claude', stepDefinition(run.step).number);
    item.tooltip = `${incident.title}\n${t('{0} of {1} steps. {2}', stepsSettled(incident), stepIds.length, doing)}`;
    item.accessibilityInformation = {
      label: t('Incident, {0} minutes, {1} of {2} steps', minutes, stepsSettled(incident), stepIds.length),
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

function elapsed(minutes: number): string {
  return minutes < 60 ? t('{0} min', minutes) : t('{0} h {1} min', Math.floor(minutes / 60), minutes % 60);
}
