import { html } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { tokensOfCharacters } from '../../src/model/contextWindow.ts';
import { pendingEvidence } from '../../src/model/incident.ts';
import type { StepId } from '../../src/model/steps.ts';
import { count, tokens } from '../format.ts';
import type { PanelContext } from './context.ts';
import { icon } from './icon.ts';

/** What Ask would send, in a line: to whom, how much, what is hidden; and the very text, one click away. */
export function sendSummary(context: PanelContext, step: StepId): TemplateResult {
  const { incident, surroundings, actions } = context;
  const { host, model } = surroundings.endpoint;
  const items = pendingEvidence(incident, step);
  const lines = items.reduce((sum, { lineCount }) => sum + lineCount, 0);
  const characters = items.reduce((sum, item) => sum + (item.characters ?? 0), 0);
  const secrets = new Map<string, number>();
  for (const { kind, count: found } of items.flatMap(({ redactions }) => redactions)) {
    secrets.set(kind, (secrets.get(kind) ?? 0) + found);
  }
  const parts = [
    ...(items.length === 0
      ? []
      : [
          `${count(items.length, 'item')}, ${count(lines, 'line')}, about ${tokens(tokensOfCharacters(characters))} tokens`,
        ]),
    ...gathered(context, step),
    ...(incident.runs.length === 0 ? [] : [`the conversation so far (${count(incident.runs.length, 'question')})`]),
  ];
  const hidden = [...secrets].map(([kind, found]) => `${found} × ${kind}`).join(', ');
  const preview = (as: 'text' | 'json') => () =>
    void actions.send(`step:${step}`, { type: 'previewQuestion', step, as });
  return html`<p class="hint send-summary" role="note" aria-label="What Ask would send">
    ${icon('arrow-right')}
    ${host === '' ? 'Nowhere yet' : html`To <strong><bdi>${host}</bdi></strong> (<bdi>${model}</bdi>)`}:
    ${['the question', ...parts].join('; ')}${hidden === '' ? '.' : html`. ${icon('shield')} Hidden: ${hidden}.`}
    <button type="button" class="link" @click=${preview('text')}>Preview what is sent</button>
    <span aria-hidden="true">·</span>
    <button type="button" class="link" aria-label="Preview what is sent, as JSON" @click=${preview('json')}>
      as JSON
    </button>
  </p>`;
}

/** What a step gathers by itself, when it is asked or previewed. */
function gathered({ incident }: PanelContext, step: StepId): readonly string[] {
  const names = incident.suspects.map(({ path }) => path).join(', ');
  switch (step) {
    case 'files':
      return names === '' ? [] : [`as they are then: ${names}`];
    case 'environment':
      return ['names of the variables that the suspects read, never a value'];
    case 'regression':
      return ['the last commits, and the diff of the suspects'];
    case 'fix':
      return ['what Claude’s searches of tracked files find, each shown'];
    case 'orient':
    case 'hypotheses':
    case 'blastRadius':
      return [];
  }
}
