import { recipient } from '../incident/phrases.ts';
import { redactionsInWords } from '../incident/requestText.ts';
import { count } from '../model/figures.ts';
import type { Incident } from '../model/incident.ts';
import type { Run } from '../model/reply.ts';
import { replyText } from '../model/reply.ts';
import type { Prompt } from '../model/request.ts';
import { stepDefinition } from '../model/steps.ts';
import { usageByEndpoint } from '../model/usage.ts';
import { conversation } from '../prompt/conversation.ts';
import { summarizeRequest } from '../prompt/requestSummary.ts';
import { cutAsText, evidenceLine } from './requestPreview.ts';

/** Everything that was sent in an incident, request by request, oldest first: to whom, when, how much, what was new. */
export function sentAsText(incident: Incident): string {
  const { runs } = incident;
  if (runs.length === 0) return 'Nothing was sent in this incident.';
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
    `What was sent in “${title}”, and to whom`,
    '',
    `Requests   ${count(runs.length, 'question')}, each with the conversation before it`,
    ...hosts.map((host) => `Recipient  ${host}`),
    `Evidence   ${count(sent.length, 'item')}, ${count(
      sent.reduce((sum, { lineCount }) => sum + lineCount, 0),
      'line',
    )}`,
    `Hidden     ${kinds.length === 0 ? 'no secret was found in it' : redactionsInWords(kinds)}`,
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
    `${new Date(run.askedAt).toLocaleString()}  ${run.id}, step ${number} ${title}`,
    `to ${usageByEndpoint(run)
      .map(({ endpoint }) => recipient(endpoint))
      .join(', then ')}`,
    `  ${count(bytesOf(prompt), 'byte')}, about ${count(tokens, 'token')}, of which ${newTokens.toLocaleString('en-US')} new${
      usage === undefined
        ? ''
        : `; counted by the endpoint: ${count(usage.input + usage.cacheRead + usage.cacheWrite, 'token')} in, ${usage.cacheRead.toLocaleString('en-US')} of them from its cache`
    }`,
    ...(turns === 0 ? [] : [`  and ${count(turns, 'further request')} within it, with the answers of its searches`]),
    `  hidden in what was new: ${redactions.length === 0 ? 'nothing was found' : redactionsInWords(redactions)}`,
    ...incident.cuts.filter(({ fromRun }) => fromRun === place).map((cut) => cutAsText(cut, incident.evidence)),
    `  ${difference(incident, place)}:`,
    ...items.map((item) => `+ ${evidenceLine(item).trimStart()}`),
    ...run.question.split('\n').map((line) => `+ | ${line}`),
  ].join('\n');
}

/** What the request of a run has beside the one before it, in words; evidence and question follow as lines. */
function difference({ runs }: Incident, place: number): string {
  const before = runs[place - 1];
  if (before === undefined) return 'The first request; new in it';
  const answers = before.parts.filter(({ type }) => type === 'toolCall').length;
  const words = replyText(before).length;
  const back = [
    ...(words === 0 ? [] : [`Claude’s reply to ${before.id} (${count(words, 'character')})`]),
    ...(answers === 0 ? [] : [`${count(answers, 'tool call')} of it with what the panel answered`]),
  ];
  return `The request before it, and${back.length === 0 ? '' : ` ${back.join(', ')}, then`}`;
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
