import * as vscode from 'vscode';
import { commands } from '../contributions.ts';
import { t } from '../model/l10n.ts';
import { stepDefinition } from '../model/steps.ts';
import { explainInOneLine, withoutLinks } from '../wording.ts';
import type { Panel } from './panel.ts';
import type { Session } from './session.ts';

/**
 * Tells how a reply ended that this window asked for, where the panel is not in sight. What the user stopped, and what an
 * earlier window left, is no news.
 */
export function registerReplyNotice(session: Session, panel: Pick<Panel, 'visible'>): vscode.Disposable {
  return session.onDidHappen((event) => {
    if (event.type !== 'replyEnded' || panel.visible || session.readOnly !== undefined) return;
    const step = session.investigation?.incident.runs.find(({ id }) => id === event.runId)?.step;
    if (step === undefined) return;
    const { number, title } = stepDefinition(step);
    const named = `${number}, ${title}`;
    const show = t('Show Step');
    const { outcome } = event;
    const told =
      outcome.kind === 'done'
        ? vscode.window.showInformationMessage(withoutLinks(t('Claude has answered step {0}.', named)), show)
        : outcome.kind === 'failed'
          ? vscode.window.showWarningMessage(
              withoutLinks(t('The reply to step {0} failed. {1}', named, explainInOneLine(outcome.failure))),
              show,
            )
          : undefined;
    void told?.then((chosen) =>
      chosen === show ? vscode.commands.executeCommand(commands.revealStep, step) : undefined,
    );
  });
}
