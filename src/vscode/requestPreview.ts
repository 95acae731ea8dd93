import { recordedReplies } from '../claude/endpoint.ts';
import { requestBody } from '../claude/requestBody.ts';
import { figuresAsText, promptText } from '../incident/requestText.ts';
import type { RequestTarget } from '../incident/requestText.ts';
import type { PreparedQuestion } from '../investigation/preparation.ts';
import type { Endpoint } from '../model/claude.ts';
import type { ContextCut } from '../model/contextCut.ts';
import { cutInWords } from '../model/cutWords.ts';
import type { Evidence } from '../model/evidence.ts';
import { leftOutWords } from '../model/evidenceSource.ts';
import type { Incident } from '../model/incident.ts';
import { plural, t } from '../model/l10n.ts';
import type { Prompt } from '../model/request.ts';
import { summarizeRequest } from '../prompt/requestSummary.ts';

export interface PreviewedRequest {
  /** Of the step. */
  readonly number: number;
  readonly title: string;
  readonly prepared: PreparedQuestion;
  readonly incident: Incident;
  /** Undefined where none can be used: the text is the same for any. */
  readonly endpoint: Endpoint | undefined;
}

/** A request before it is sent: to whom and how much, what of it is new, then the whole text, word for word. */
export function requestPreview({ number, title, prepared, incident, endpoint }: PreviewedRequest): string {
  const { prompt, evidence, cut } = prepared;
  const earlier = prompt.messages.length - 1;
  return [
    [
      t('What step {0}, {1}, would send now', number, title),
      '',
      ...figuresAsText(
        summarizeRequest(prompt, evidence),
        endpoint === undefined ? undefined : requestTarget(endpoint, prompt),
      ),
    ].join('\n'),
    ...(evidence.length === 0 ? [] : [[t('New evidence'), ...evidence.map(evidenceLine)].join('\n')]),
    ...(cut === undefined ? [] : [cutAsText(cut, [...incident.evidence, ...evidence])]),
    earlier === 0
      ? t('Nothing was sent before in this incident.')
      : plural(
          earlier,
          'The conversation so far ({0} message) is sent again before it, read from the cache where it can be.',
          'The conversation so far ({0} messages) is sent again before it, read from the cache where it can be.',
        ),
    t('Secrets are replaced already. Nothing else goes out but the API key, in its header. The very text:'),
    promptText(prompt),
  ].join('\n\n');
}

/** The body of the request, to the byte but for line breaks and indentation. */
export function requestJson({ prompt }: PreparedQuestion, endpoint: Endpoint | undefined): string {
  return JSON.stringify(endpoint === undefined ? prompt : requestBody(endpoint, prompt), undefined, 2);
}

/** Where a request goes, and how large it is. */
export function requestTarget(endpoint: Endpoint, prompt: Prompt): RequestTarget {
  const { name, baseUrl, model, demo } = endpoint;
  return {
    name,
    host: baseUrl.host,
    model,
    demo,
    address:
      endpoint === recordedReplies
        ? t('none: recorded replies answer, and nothing goes to the network')
        : `${baseUrl.href.replace(/\/$/, '')}/v1/messages`,
    bytes: Buffer.byteLength(JSON.stringify(requestBody(endpoint, prompt))),
  };
}

/** `  E1  error.log, last 50 lines: 50 lines, hidden: 2 × stripe-key`. */
export function evidenceLine({ id, title, lineCount, redactions, suspicious = [], omitted }: Evidence): string {
  const notes = [
    plural(lineCount, '{0} line', '{0} lines'),
    ...(redactions.length === 0
      ? []
      : [t('hidden: {0}', redactions.map(({ kind, count: found }) => `${found} × ${kind}`).join(', '))]),
    ...(suspicious.length === 0 ? [] : [t('suspicious: line {0}', suspicious.map(({ line }) => line).join(', '))]),
    ...(omitted === undefined ? [] : [t('left out: {0}', leftOutWords(omitted))]),
  ];
  return `  ${id}  ${title}: ${notes.join('; ')}`;
}

/** What a cut leaves out, in words. */
export function cutAsText(cut: ContextCut, evidence: readonly Evidence[]): string {
  const { summary, details } = cutInWords(cut, { evidence });
  return [summary, ...details.map((detail) => `  ${detail}`)].join('\n');
}
