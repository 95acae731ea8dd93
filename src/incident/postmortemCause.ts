import { bugPlace } from '../model/bugPlace.ts';
import { recordOf } from '../model/incident.ts';
import { t } from '../model/l10n.ts';
import { likelihoodName, variableStatusName } from '../model/names.ts';
import type { Run, Verdict } from '../model/reply.ts';
import { claimOf, quotedEvidence } from './citedEvidence.ts';
import { codeSpan, inline, prose, table, withCode } from './markdown.ts';
import { huntBlocks } from './postmortemProof.ts';
import { bullets, notRecorded, part, section } from './postmortemParts.ts';
import type { Source } from './postmortemParts.ts';

interface Judged {
  readonly run: Run;
  readonly index: number;
  readonly title: string;
  readonly likelihood: 'high' | 'medium' | 'low';
  readonly confirms: string;
  readonly rulesOut: string;
  readonly verdict: Verdict | undefined;
}

/** The sections on why it happened: root cause, environment and regression within it, and the hypotheses that fell. */
export function rootCause(source: Source): readonly string[] {
  const hypotheses = judgedHypotheses(source);
  const confirmed = hypotheses.filter(({ verdict }) => verdict?.kind === 'confirmed');
  return [
    ...section(t('Root cause'), [
      ...(confirmed.length > 0 ? confirmed.map(confirmedBlock) : [nothingConfirmed(source, hypotheses)]),
      ...part(t('The bug'), bug(source)),
      ...part(t('Evidence'), evidence(source, confirmed)),
      ...part(t('What changed'), [...changes(source), ...huntBlocks(source.incident)]),
      ...part(t('Environment'), environment(source)),
    ]),
    ...section(t('Hypotheses that fell'), fallen(source, hypotheses)),
  ];
}

/** Those of the latest record, and of earlier ones those that were judged. */
function judgedHypotheses({ incident }: Source): readonly Judged[] {
  const runs = incident.runs.filter(({ record }) => record?.step === 'hypotheses');
  const latest = runs.at(-1);
  return runs.flatMap((run) => {
    if (run.record?.step !== 'hypotheses') return [];
    return run.record.data.hypotheses
      .map((hypothesis, index): Judged => ({ ...hypothesis, run, index, verdict: run.verdicts?.[index] }))
      .filter(({ verdict }) => run === latest || (verdict !== undefined && verdict.kind !== 'open'));
  });
}

function confirmedBlock({ title, verdict }: Judged): string {
  const note = verdict?.note.trim() ?? '';
  return [t('**Confirmed:** {0}.', withCode(title)), ...(note === '' ? [] : [t('Why: {0}', withCode(note))])].join(' ');
}

function nothingConfirmed(source: Source, hypotheses: readonly Judged[]): string {
  if (hypotheses.length === 0) return notRecorded(source, 'hypotheses');
  return t('_Not recorded: no hypothesis was confirmed. What follows is what Claude concluded._');
}

function bug(source: Source): readonly string[] {
  const record = recordOf(source.incident, 'files');
  if (record === undefined) return [notRecorded(source, 'files')];
  const { explanation, inconclusive } = record.data;
  const place = bugPlace(record.data);
  const head = place === undefined ? t('Not found:') : t('At {0}:', codeSpan(place));
  return [head, prose(explanation), ...inconclusiveBlock(inconclusive)];
}

function evidence(source: Source, confirmed: readonly Judged[]): readonly string[] {
  const bugRun = source.incident.runs.findLast(({ record }) => record?.step === 'files');
  const claims = [
    ...confirmed.map(({ run, index }) => claimOf(run, source, index)),
    ...(bugRun === undefined ? [] : [claimOf(bugRun, source)]),
  ];
  const quoted = quotedEvidence(source, claims);
  return quoted.length > 0 ? quoted : [t('_Not recorded: nothing that was concluded about the cause cites evidence._')];
}

function changes(source: Source): readonly string[] {
  const run = source.incident.runs.findLast(({ record }) => record?.step === 'regression');
  if (run?.record?.step !== 'regression') return [notRecorded(source, 'regression')];
  const { commits, inconclusive } = run.record.data;
  return [
    ...(commits.length === 0 ? [t('No commit was found that could have caused it.')] : []),
    ...bullets(commits.map(({ commit, reason }) => `${codeSpan(commit)}: ${withCode(reason)}`)),
    ...quotedEvidence(
      source,
      commits.map((_, index) => claimOf(run, source, index)),
    ),
    ...inconclusiveBlock(inconclusive),
  ];
}

function environment(source: Source): readonly string[] {
  const record = recordOf(source.incident, 'environment');
  if (record === undefined) return [notRecorded(source, 'environment')];
  const { variables, inconclusive } = record.data;
  if (variables.length === 0) return [t('No variable was named.'), ...inconclusiveBlock(inconclusive)];
  const rows = variables.map(({ name, status, neededBy, reason }) => [
    inline(name),
    variableStatusName(status),
    inline(neededBy),
    inline(reason),
  ]);
  return [table([t('Variable'), t('Status'), t('Needed by'), t('Why')], rows), ...inconclusiveBlock(inconclusive)];
}

function fallen(source: Source, hypotheses: readonly Judged[]): readonly string[] {
  const out = hypotheses.filter(({ verdict }) => verdict?.kind === 'ruledOut');
  const open = hypotheses.filter(({ verdict }) => verdict === undefined || verdict.kind === 'open');
  if (hypotheses.length === 0) return [notRecorded(source, 'hypotheses')];
  return [
    ...(out.length === 0 ? [t('_Not recorded: no hypothesis was ruled out._')] : []),
    ...bullets(
      out.map(({ title, verdict }) => {
        const note = verdict?.note.trim() ?? '';
        return `${withCode(title)}: ${note === '' ? t('ruled out, without a reason') : withCode(note)}`;
      }),
    ),
    ...part(
      t('Not settled'),
      bullets(
        open.map(({ title, likelihood, confirms, rulesOut }) =>
          t(
            '{0} ({1}). Confirmed by: {2} Ruled out by: {3}',
            withCode(title),
            likelihoodName(likelihood),
            withCode(confirms),
            withCode(rulesOut),
          ),
        ),
      ),
    ),
  ];
}

/** What a record says is missing for a conclusion. */
export function inconclusiveBlock(inconclusive: string | undefined): readonly string[] {
  return inconclusive === undefined ? [] : [t('**Inconclusive:** {0}', withCode(inconclusive))];
}
