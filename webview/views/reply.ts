import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { activeRun } from '../../src/model/incident.ts';
import type { Run } from '../../src/model/reply.ts';
import { elapsed, tokens } from '../format.ts';
import { sentChips } from './evidenceChips.ts';
import type { PanelContext } from './context.ts';
import { cutNotice } from './cutNotice.ts';
import { failureText } from './failureBox.ts';
import { icon, spinner } from './icon.ts';
import { toolCallView } from './toolCall.ts';

/** One question with its reply: who asked what, who answers, the text as it comes, and how it ended. */
export function replyView(context: PanelContext, run: Run, latest: boolean): TemplateResult {
  const { incident, replies } = context;
  const streaming = run.phase.kind === 'streaming';
  const sent = incident.evidence.filter((item) => item.sentIn === run.id);
  return html`<article
    class="run ${run.phase.kind}"
    aria-label="${questionWords[run.kind]}, answered by ${run.endpoint.name}"
  >
    ${run.kind === 'followUp' ? html`<p class="follow-up" dir="auto"><strong>You:</strong> ${run.question}</p>` : nothing}
    <p class="row run-head dim">
      ${run.endpoint.demo ? html`<strong class="label warn">${icon('beaker')} Demo reply</strong>` : nothing}
      ${run.kind === 'step' || run.kind === 'followUp' ? nothing : html`<span>${questionWords[run.kind]}</span>`}
      <span title=${run.endpoint.host}><bdi>${run.endpoint.name}</bdi> · <bdi>${run.endpoint.model}</bdi></span>
      <time data-clock="day" data-since=${run.askedAt}></time>
      ${streaming ? nothing : html`<span>${cost(run)}</span>`}
    </p>
    ${sentChips(context, run.step, sent)} ${cutNotice(incident, run)}
    ${run.parts.map((part, index) =>
      part.type === 'text' ? replies.element(run, index) : part.type === 'toolCall' ? toolCallView(part) : nothing,
    )}
    ${ending(context, run, latest)} ${streaming ? html`<span data-reply-end></span>` : nothing}
  </article>`;
}

const questionWords: Readonly<Record<Run['kind'], string>> = {
  step: 'The step’s question',
  followUp: 'Follow-up',
  continue: 'Continued',
  recordAgain: 'Asked to record the result',
};

function cost({ phase, askedAt, usage }: Run): string {
  const took = phase.kind === 'streaming' ? '' : elapsed(phase.at - askedAt);
  return usage === undefined
    ? took
    : `${took} · ${tokens(usage.input + usage.cacheRead + usage.cacheWrite)} tokens in, ${tokens(usage.output)} out`;
}

function ending(context: PanelContext, run: Run, latest: boolean): TemplateResult | typeof nothing {
  const { actions, incident } = context;
  const { phase, step } = run;
  const again = (type: 'continueReply' | 'askForRecord', label: string): TemplateResult | typeof nothing =>
    !latest || activeRun(incident) !== undefined
      ? nothing
      : html`<vscode-button appearance="secondary" @click=${() => actions.send(`step:${step}`, { type, step })}
          >${label}</vscode-button
        >`;
  switch (phase.kind) {
    case 'streaming':
      return html`<p class="row dim streaming-line">
        ${spinner} ${run.parts.length === 0 ? 'Waiting for the first words' : 'Claude is writing'} ·
        <time class="mono" data-clock="stopwatch" data-since=${run.askedAt}></time>
      </p>`;
    case 'stopped':
      return html`<div class="notice info">
        ${icon('debug-stop')}
        <p class="grow"><strong>Stopped.</strong> The text that arrived is kept.</p>
        ${again('continueReply', 'Continue')}
      </div>`;
    case 'interrupted':
      return html`<div class="notice warning">
        ${icon('warning')}
        <p class="grow">
          <strong>Incomplete.</strong> The window closed while Claude was answering. The text that arrived is kept.
        </p>
        ${again('continueReply', 'Continue')}
      </div>`;
    case 'failed':
      return html`<div class="notice error">
        ${failureText(context, phase.failure, `step:${step}`)}
        ${run.parts.length > 0 ? again('continueReply', 'Continue') : nothing}
      </div>`;
    case 'done':
      if (phase.stopReason === 'max_tokens') {
        return html`<div class="notice warning">
          ${icon('warning')}
          <p class="grow"><strong>Cut at the length limit.</strong> The reply is longer than one answer may be.</p>
          ${again('continueReply', 'Continue')}
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
          <p class="grow"><strong>No result was recorded.</strong> The reply is text only.</p>
          ${again('askForRecord', 'Ask for the Record')}
        </div>`;
      }
      return nothing;
  }
}
