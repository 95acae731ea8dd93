import * as vscode from 'vscode';
import type { ContextKeys } from '../contributions.ts';
import { latestFix } from '../model/appliedFix.ts';
import { activeRun } from '../model/incident.ts';
import { mayBeApplied } from '../model/fixCheck.ts';
import { latestBlastRadius } from '../model/watch.ts';
import type { Session } from './session.ts';

/** Keeps the context keys, which `when` clauses of the manifest read, as the incident is. Written only on change. */
export function registerContextKeys(session: Session): vscode.Disposable {
  const written = new Map<string, unknown>();
  const set = <K extends keyof ContextKeys>(key: K, value: ContextKeys[K]): void => {
    if (written.get(key) === value) return;
    written.set(key, value);
    void vscode.commands.executeCommand('setContext', key, value);
  };
  const update = (): void => {
    const incident = session.investigation?.incident;
    set('incidentPanel.hasIncident', incident !== undefined);
    set('incidentPanel.isResolved', incident?.status.kind === 'resolved');
    set('incidentPanel.isOpenElsewhere', session.readOnly !== undefined);
    set('incidentPanel.isAnswering', incident !== undefined && activeRun(incident) !== undefined);
    const fix = incident === undefined ? undefined : latestFix(incident);
    set('incidentPanel.fixMayBeApplied', fix !== undefined && fix.applied === undefined && mayBeApplied(fix.data));
    const monitors = incident === undefined ? [] : (latestBlastRadius(incident)?.data.monitors ?? []);
    set('incidentPanel.hasMonitors', monitors.length > 0);
  };
  update();
  return vscode.Disposable.from(
    session.onDidSwitch(update),
    session.onDidHappen(({ type }) => {
      if (type !== 'replyDelta') update();
    }),
  );
}
