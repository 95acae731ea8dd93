import * as vscode from 'vscode';
import { baselines } from '../evidence/gitHistory.ts';
import { repositoryOf } from '../investigation/stepEvidence.ts';
import type { Baseline } from '../model/baseline.ts';
import { defaultBaseline } from '../model/baseline.ts';
import type { Failure } from '../model/failure.ts';
import { t } from '../model/l10n.ts';
import { asLabel } from '../model/label.ts';
import { dateAndTime } from '../model/shownFigures.ts';
import type { Session } from './session.ts';
import { repositoryWorld } from './world.ts';

interface BaselineItem extends vscode.QuickPickItem {
  readonly choose: () => Promise<Baseline | undefined>;
}

/** Lets the user choose what the regression diff is taken against: commits, tags, or when it last worked. */
export async function chooseBaseline({ investigation }: Session): Promise<Failure | undefined> {
  if (investigation === undefined) return undefined;
  const signal = AbortSignal.timeout(20_000);
  const repository = await repositoryOf(investigation.incident, repositoryWorld, signal);
  if (!repository.ok) return repository.failure;
  const choices = await baselines(repository.value, signal);
  if (!choices.ok) return choices.failure;
  const items: BaselineItem[] = [
    {
      label: `$(history) ${t('Last known good at…')}`,
      description: t('the last commit before a time'),
      choose: askForTime,
    },
    { label: '$(git-commit) HEAD~5', description: t('the default'), choose: () => Promise.resolve(defaultBaseline) },
    ...choices.value.map(({ baseline, label, committedAt }) => ({
      label: `${baseline.kind === 'tag' ? '$(tag)' : '$(git-commit)'} ${asLabel(label)}`,
      description: dateAndTime(committedAt),
      choose: () => Promise.resolve(baseline),
    })),
  ];
  const chosen = await vscode.window.showQuickPick(items, {
    title: t('Baseline of the Regression Diff'),
    matchOnDescription: true,
  });
  const baseline = await chosen?.choose();
  if (baseline !== undefined) investigation.chooseBaseline(baseline);
  return undefined;
}

async function askForTime(): Promise<Baseline | undefined> {
  const text = await vscode.window.showInputBox({
    title: t('Last Known Good At'),
    prompt: t('Local time, such as 2026-11-22 02:30, or 02:30 for today.'),
    validateInput: (value) =>
      parseTime(value, new Date()) === undefined ? t('Not a time: write 02:30 or 2026-11-22 02:30.') : undefined,
  });
  const time = text === undefined ? undefined : parseTime(text, new Date());
  return time === undefined ? undefined : { kind: 'before', time };
}

/** A local time of today, or a date with a time; undefined for anything else. */
function parseTime(text: string, now: Date): number | undefined {
  const clock = /^\s*(\d{1,2}):(\d{2})\s*$/.exec(text);
  if (clock !== null) {
    const [hours, minutes] = [Number(clock[1]), Number(clock[2])];
    if (hours > 23 || minutes > 59) return undefined;
    const today = new Date(now.getFullYear(), now.getMonth(), now.getDate(), hours, minutes).getTime();
    // “02:50” said at 00:10 is last night's.
    return today > now.getTime() ? today - 24 * 60 * 60_000 : today;
  }
  if (!/^\s*\d{4}-\d{2}-\d{2}/.test(text)) return undefined;
  const time = Date.parse(text.trim().replace(' ', 'T'));
  return Number.isNaN(time) ? undefined : time;
}
