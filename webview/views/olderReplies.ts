import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { Run } from '../../src/model/reply.ts';
import type { PanelContext } from './context.ts';
import { icon } from './icon.ts';
import { questionWords, replyView } from './reply.ts';

/** Replies of a step that are shown whole; those before them are folded, so that a long step stays quick. */
const unfolded = 6;

/** All questions of a step with their replies: the latest whole, each older one as a line that opens it. */
export function repliesView(context: PanelContext, runs: readonly Run[]): TemplateResult {
  const older = runs.slice(0, -unfolded);
  return html`${older.map((run) => olderReply(context, run))}
  ${runs.slice(-unfolded).map((run, index, shown) => replyView(context, run, index === shown.length - 1))}`;
}

function olderReply(context: PanelContext, run: Run): TemplateResult {
  const { incident, view, replies } = context;
  const open = view.isRunOpen(run.id);
  // What is not shown need not be kept as nodes: it is made again when it is opened.
  if (!open) replies.drop(run.id);
  const asked = run.kind === 'followUp' ? run.question.slice(0, 160) : questionWords()[run.kind];
  return html`<div class="older">
    <button
      type="button"
      class="link quiet"
      aria-expanded=${open ? 'true' : 'false'}
      @click=${() => view.setRunOpen(run.id, !open)}
    >
      ${icon(open ? 'chevron-down' : 'chevron-right')}<bdi>${asked}</bdi>
      <time data-clock="day" data-since=${run.askedAt} data-day=${incident.startedAt}></time>
    </button>
    ${open ? replyView(context, run, false) : nothing}
  </div>`;
}
