import { recipient } from '../incident/phrases.ts';
import { redactionsInWords } from '../incident/requestText.ts';
import type { Incident } from '../model/incident.ts';
import { plural, t } from '../model/l10n.ts';
import type { Run } from '../model/reply.ts';
import { replyText } from '../model/reply.ts';
import type { Prompt } from '../model/request.ts';
import { amount, dateAndTime } from '../model/shownFigures.ts';
import { stepDefinition } from '../model/steps.ts';
import { usageByEndpoint } from '../model/usage.ts';
import { conversation } from '../prompt/conversation.ts';
import { summarizeRequest } from '../prompt/requestSummary.ts';
import { cutAsText, evidenceLine } from './requestPreview.ts';

/** Everything that was sent in an incident, request by request, oldest first: to whom, when, how much, what was new. */
export function sentAsText(incident: Incident): string {
  const { runs } = incident;
  if (runs.length === 0) return t('Nothing was sent in this incident.');
  return [totals(incident), ...runs.map((run, place) => sentRun(incident, run, place))].join('\n\n');
}

function totals({ title, runs, evidence }: Incident): string {
  const hosts = [...new Set(runs.flatMap(usageByEndpoint).map(({ endpoint }) => recipient(endpoint)))];
  const sent = evidence.filter(({ sentIn }) => sentIn !== undefined);
  const hidden = new Map<string, number>();
  for (const { kind, count: found } of sent.flatMap(({ redactions }) => redactions)) {
    hidden.set(kind, (hidden.get(kind) ?? 0) + found);
  }
  const kinds = [...hidden].map(([kind, found]) => ({ kind, count: found }));
  return [
    t('What was sent in “{0}”, and to whom', title),
    '',
    plural(
      runs.length,
      'Requests   {0} question, each with the conversation before it',
      'Requests   {0} questions, each with the conversation before it',
    ),
    ...hosts.map((host) => t('Recipient  {0}', host)),
    t(
      'Evidence   {0}, {1}',
      plural(sent.length, '{0} item', '{0} items'),
      plural(
        sent.reduce((sum, { lineCount }) => sum + lineCount, 0),
        '{0} line',
        '{0} lines',
      ),
    ),
    t('Hidden     {0}', kinds.length === 0 ? t('no secret was found in it') : redactionsInWords(kinds)),
  ].join('\n');
}

function sentRun(incident: Incident, run: Run, place: number): string {
  const { number, title } = stepDefinition(run.step);
  const { usage } = run;
  const items = run.evidenceIds.flatMap((id) => incident.evidence.find((item) => item.id === id) ?? []);
  const prompt = requestOf(incident, place);
  const { tokens, newTokens, redactions } = summarizeRequest(prompt, items);
  const turns = run.parts.filter(({ type }) => type === 'turn').length;
  return [
    `${dateAndTime(run.askedAt)}  ${t('{0}, step {1} {2}', run.id, number, title)}`,
    t(
      'to {0}',
      usageByEndpoint(run)
        .map(({ endpoint }) => recipient(endpoint))
        .join(t(', then ')),
    ),
    t(
      '  {0}, about {1}, of which {2} new{3}',
      plural(bytesOf(prompt), '{0} byte', '{0} bytes'),
      plural(tokens, '{0} token', '{0} tokens'),
      amount(newTokens),
      usage === undefined
        ? ''
        : plural(
            usage.input + usage.cacheRead + usage.cacheWrite,
            '; counted by the endpoint: {0} token in, {1} of them from its cache',
            '; counted by the endpoint: {0} tokens in, {1} of them from its cache',
            amount(usage.cacheRead),
          ),
    ),
    ...(turns === 0
      ? []
      : [
          plural(
            turns,
            '  and {0} further request within it, with the answers of its searches',
            '  and {0} further requests within it, with the answers of its searches',
          ),
        ]),
    t(
      '  hidden in what was new: {0}',
      redactions.length === 0 ? t('nothing was found') : redactionsInWords(redactions),
    ),
    ...incident.cuts.filter(({ fromRun }) => fromRun === place).map((cut) => cutAsText(cut, incident.evidence)),
    `  ${difference(incident, place)}:`,
    ...items.map((item) => `+ ${evidenceLine(item).trimStart()}`),
    ...run.question.split('\n').map((line) => `+ | ${line}`),
  ].join('\n');
}

/** What the request of a run has beside the one before it, in words; evidence and question follow as lines. */
function difference({ runs }: Incident, place: number): string {
  const before = runs[place - 1];
  if (before === undefined) return t('The first request; new in it');
  const answers = before.parts.filter(({ type }) => type === 'toolCall').length;
  const words = replyText(before).length;
  const back = [
    ...(words === 0
      ? []
      : [plural(words, 'Claude’s reply to {1} ({0} character)', 'Claude’s reply to {1} ({0} characters)', before.id)]),
    ...(answers === 0
      ? []
      : [
          plural(
            answers,
            '{0} tool call of it with what the panel answered',
            '{0} tool calls of it with what the panel answered',
          ),
        ]),
  ];
  return t('The request before it, and{0}', back.length === 0 ? '' : t(' {0}, then', back.join(', ')));
}

/** The request of a run as it was sent, made again: it is a pure function of what was there before. */
export function requestOf(incident: Incident, place: number): Prompt {
  const run = incident.runs[place];
  const before: Incident = {
    ...incident,
    runs: incident.runs.slice(0, place),
    cuts: incident.cuts.filter(({ fromRun }) => fromRun <= place),
  };
  if (run === undefined) return conversation(before);
  const evidence = run.evidenceIds.flatMap((id) => incident.evidence.find((item) => item.id === id) ?? []);
  return conversation(before, { question: run.question, evidence });
}

function bytesOf(prompt: Prompt): number {
  return Buffer.byteLength(JSON.stringify(prompt));
}
