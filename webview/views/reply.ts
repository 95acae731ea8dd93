import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { activeRun } from '../../src/model/incident.ts';
import { t, tParts } from '../../src/model/l10n.ts';
import { answeringEndpoint } from '../../src/model/reply.ts';
import type { Retry, Run } from '../../src/model/reply.ts';
import { explain } from '../../src/wording.ts';
import { elapsed } from '../format.ts';
import { sentChips } from './evidenceChips.ts';
import type { PanelContext } from './context.ts';
import { costOfReply } from './cost.ts';
import { continuedLine } from './endpoints.ts';
import { cutNotice } from './cutNotice.ts';
import { leftOutNotice } from './leftOut.ts';
import { failureText } from './failureBox.ts';
import { icon, spinner } from './icon.ts';
import { toolCallView } from './toolCall.ts';

/** One question with its reply: who asked what, who answers, the text as it comes, and how it ended. */
export function replyView(context: PanelContext, run: Run, latest: boolean): TemplateResult {
  const { incident, replies } = context;
  const streaming = run.phase.kind === 'streaming';
  const endpoint = answeringEndpoint(run);
  const sent = incident.evidence.filter((item) => item.sentIn === run.id);
  return html`<article class="run ${run.phase.kind}" aria-labelledby="title-${run.id}">
    <h3 class="hidden-text" id="title-${run.id}">
      ${t('{0}, answered by {1}', questionWords()[run.kind], endpoint.name)}
    </h3>
    ${run.kind === 'followUp' ? html`<p class="follow-up" dir="auto"><strong>${t('You:')}</strong> ${run.question}</p>` : nothing}
    <p class="row run-head dim">
      ${endpoint.demo ? html`<strong class="label warn">${icon('beaker')} ${t('Demo reply')}</strong>` : nothing}
      ${run.kind === 'step' || run.kind === 'followUp' ? nothing : html`<span>${questionWords()[run.kind]}</span>`}
      <span title=${run.endpoint.host}
        ><bdi class="cut">${run.endpoint.name}</bdi> · <bdi class="cut">${run.endpoint.model}</bdi></span
      >
      ${endpoint.name === run.endpoint.name ? nothing : html`<span title=${endpoint.host}>${tParts('then {0}', html`<bdi>${endpoint.name}</bdi>`)}</span>`}
      <time data-clock="day" data-since=${run.askedAt} data-day=${incident.startedAt}></time>
      ${streaming ? nothing : html`<span>${cost(context, run)}</span>`}
    </p>
    ${sentChips(context, run.step, sent)} ${cutNotice(incident, run)}
    ${run.parts.map((part, index) => {
      if (part.type === 'text') return replies.element(run, index);
      if (part.type === 'toolCall') return toolCallView(part);
      return part.type === 'continued' ? continuedLine(part, index === 0) : nothing;
    })}
    ${leftOutNotice(context, run)} ${ending(context, run, latest)}
    ${streaming ? html`<span data-reply-end></span>` : nothing}
  </article>`;
}

export const questionWords = (): Readonly<Record<Run['kind'], string>> => ({
  step: t('The step’s question'),
  followUp: t('Follow-up'),
  continue: t('Continued'),
  recordAgain: t('Asked to record the result'),
});

function cost(context: PanelContext, run: Run): string {
  const { phase, askedAt } = run;
  const took = phase.kind === 'streaming' ? '' : elapsed(phase.at - askedAt);
  return [took, costOfReply(context, run)].filter((words) => words !== '').join(' · ');
}

/** What is waited for, how long by now, and the way not to wait. */
function streamingLine({ actions }: PanelContext, run: Run, retry: Retry | undefined): TemplateResult {
  const words = run.parts.some(({ type }) => type === 'text')
    ? t('Claude is writing')
    : t('Waiting for the first words');
  return html`<p class="row dim streaming-line">
    ${spinner}
    ${
      retry === undefined
        ? html`<span>${words} · <time class="mono" data-clock="stopwatch" data-since=${run.askedAt}></time></span>`
        : html`<span
            >${tParts('{0} Trying again in {1}, attempt {2} of {3}.', explain(retry.failure).what, html`<time class="mono" data-clock="countdown" data-since=${retry.resumesAt}></time>`, retry.attempt, retry.attempts)}</span
          >`
    }
    <button
      type="button"
      class="${retry === undefined ? 'link' : 'plain-button'} quiet"
      title=${retry === undefined ? t('Gives up waiting and asks for the rest anew; the words so far stay') : t('Waits no longer')}
      @click=${() => actions.send(`step:${run.step}`, { type: 'retry' })}
    >
      ${icon('refresh')}${retry === undefined ? t('Retry') : t('Retry Now')}
    </button>
  </p>`;
}

function ending(context: PanelContext, run: Run, latest: boolean): TemplateResult | typeof nothing {
  const { actions, incident } = context;
  const { phase, step } = run;
  const again = (type: 'continueReply' | 'askForRecord', label: string): TemplateResult | typeof nothing =>
    !latest || activeRun(incident) !== undefined
      ? nothing
      : html`<vscode-button
          appearance=${phase.kind === 'done' ? 'secondary' : 'primary'}
          @click=${() => actions.send(`step:${step}`, { type, step })}
          >${label}</vscode-button
        >`;
  switch (phase.kind) {
    case 'streaming':
      return streamingLine(context, run, phase.retry);
    case 'stopped':
      return html`<div class="notice info">
        ${icon('debug-stop')}
        <p class="grow"><strong>${t('Stopped.')}</strong> ${t('The text that arrived is kept.')}</p>
        ${again('continueReply', t('Continue'))}
      </div>`;
    case 'interrupted':
      return html`<div class="notice warning">
        ${icon('warning')}
        <p class="grow">
          <strong>${t('Incomplete.')}</strong>
          ${t('The window closed while Claude was answering. The text that arrived is kept.')}
        </p>
        ${again('continueReply', t('Continue'))}
      </div>`;
    case 'failed':
      return html`<div class="notice error">
        ${failureText(context, phase.failure, `step:${step}`)}
        ${run.parts.length > 0 ? again('continueReply', t('Continue')) : nothing}
      </div>`;
    case 'done':
      if (phase.stopReason === 'max_tokens') {
        return html`<div class="notice warning">
          ${icon('warning')}
          <p class="grow">
            <strong>${t('Cut at the length limit.')}</strong> ${t('The reply is longer than one answer may be.')}
          </p>
          ${again('continueReply', t('Continue'))}
        </div>`;
      }
      if (
        run.record === undefined &&
        latest &&
        run.kind !== 'followUp' &&
        !incident.runs.some((other) => other.step === step && other.record !== undefined)
      ) {
        return html`<div class="notice info">
          ${icon('info')}
          <p class="grow"><strong>${t('No result was recorded.')}</strong> ${t('The reply is text only.')}</p>
          ${again('askForRecord', t('Ask for the Record'))}
        </div>`;
      }
      return nothing;
  }
}
