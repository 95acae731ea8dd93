import { html } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { activeRun } from '../../src/model/incident.ts';
import { stepDefinition } from '../../src/model/steps.ts';
import type { StepId } from '../../src/model/steps.ts';
import type { PanelContext } from './context.ts';
import { failureAt } from './failureBox.ts';
import { textBox } from './textBox.ts';

/** A question or an observation within the step. What is written stays until it has been sent. */
export function replyBox({ incident, view, actions, ...rest }: PanelContext, step: StepId): TemplateResult {
  const key = `reply:${step}` as const;
  const text = view.draft(key) ?? '';
  const ready = text.trim() !== '' && activeRun(incident) === undefined && !actions.isPending(key);
  const submit = async (): Promise<void> => {
    if (ready && (await actions.send(key, { type: 'ask', step, followUp: text }))) view.clearDraft(key, text);
  };
  return html`<div class="row box-row reply-box">
      <label class="hidden-text" for="reply-${step}">Reply to Claude in ${stepDefinition(step).title}</label>
      ${textBox({
        id: `reply-${step}`,
        text,
        rows: 1,
        placeholder: 'Reply, or add what you found… (Ctrl+Enter sends)',
        onInput: (typed) => view.setDraft(key, typed),
        onSubmit: () => void submit(),
      })}
      <vscode-button appearance="secondary" ?disabled=${!ready} @click=${submit}>Reply</vscode-button>
    </div>
    ${failureAt({ incident, view, actions, ...rest }, key)}`;
}
