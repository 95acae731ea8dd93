import * as vscode from 'vscode';
import { figuresAsText } from '../incident/requestText.ts';
import type { Investigation } from '../investigation/investigation.ts';
import type { PreparedQuestion, QuestionRequest } from '../investigation/preparation.ts';
import type { Endpoint } from '../model/claude.ts';
import type { Failure } from '../model/failure.ts';
import { t } from '../model/l10n.ts';
import { summarizeRequest } from '../prompt/requestSummary.ts';
import { withoutLinks } from '../wording.ts';
import type { Documents } from './documents.ts';
import { requestTarget } from './requestPreview.ts';

/**
 * Before the first question of an incident goes to a host: says what is sent and to whom, and asks, once. Undefined where
 * it may be sent; otherwise why not. Demo replies are not asked about: they come from this machine and know of nothing.
 * An endpoint that takes over for another one was added by the user for just that, and is not asked about again.
 */
export async function askFirst(
  investigation: Investigation,
  documents: Documents,
  request: QuestionRequest,
): Promise<Failure | undefined> {
  const { endpoint } = investigation;
  // Without an endpoint asking fails by itself, with its own words.
  if (!endpoint.ok || endpoint.value.demo) return undefined;
  const { host } = endpoint.value.baseUrl;
  if (investigation.incident.agreedHosts.includes(host)) return undefined;
  const prepared = await investigation.preview(request.step, AbortSignal.timeout(30_000));
  if (!prepared.ok) return prepared.failure;
  const send = t('Send');
  const show = t('Show the Text');
  const answer = await vscode.window.showInformationMessage(
    withoutLinks(t('Send to {0}?', host)),
    { modal: true, detail: explanation(prepared.value, request, endpoint.value) },
    send,
    show,
  );
  if (answer === send) {
    investigation.agreeToSend(host);
    return undefined;
  }
  if (answer === show) {
    await documents.showQuestion(request.step, prepared.value, investigation.incident, endpoint.value);
  }
  return { kind: 'notAgreed', host };
}

function explanation({ prompt, evidence }: PreparedQuestion, request: QuestionRequest, endpoint: Endpoint): string {
  const what =
    request.kind === 'step'
      ? t('This is what goes out now:')
      : t('Your words go out with the conversation so far. A question of this step would send:');
  const figures = figuresAsText(summarizeRequest(prompt, evidence), requestTarget(endpoint, prompt));
  return [
    what,
    '',
    ...figures.map((line) => line.replace(/ {2,}/, ': ')),
    '',
    t(
      'Secrets that were found are replaced by placeholders; nothing is sent but what the preview of a step shows. You are asked once in each incident; “What was sent” lists everything.',
    ),
  ].join('\n');
}
