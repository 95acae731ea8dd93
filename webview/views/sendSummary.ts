import { html } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { tokensOfCharacters } from '../../src/model/contextWindow.ts';
import { pendingEvidence } from '../../src/model/incident.ts';
import { plural, t, tParts } from '../../src/model/l10n.ts';
import type { StepId } from '../../src/model/steps.ts';
import { tokens } from '../format.ts';
import { shownPath, unturned } from '../shownNames.ts';
import type { PanelContext } from './context.ts';
import { icon } from './icon.ts';

/** What Ask would send, in a line: to whom, how much, what is hidden; and the very text, one click away. */
export function sendSummary(context: PanelContext, step: StepId): TemplateResult {
  const { incident, actions } = context;
  const items = pendingEvidence(incident, step);
  const lines = items.reduce((sum, { lineCount }) => sum + lineCount, 0);
  const characters = items.reduce((sum, item) => sum + (item.characters ?? item.text.length), 0);
  const secrets = new Map<string, number>();
  for (const { kind, count: found } of items.flatMap(({ redactions }) => redactions)) {
    secrets.set(kind, (secrets.get(kind) ?? 0) + found);
  }
  const parts = [
    ...(items.length === 0
      ? []
      : [
          t(
            '{0}, {1}, about {2} tokens',
            plural(items.length, '{0} item', '{0} items'),
            plural(lines, '{0} line', '{0} lines'),
            tokens(tokensOfCharacters(characters)),
          ),
        ]),
    ...gathered(context, step),
    ...(incident.runs.length === 0
      ? []
      : [
          plural(
            incident.runs.length,
            'the conversation so far ({0} question)',
            'the conversation so far ({0} questions)',
          ),
        ]),
  ];
  const hidden = [...secrets].map(([kind, found]) => `${found} × ${kind}`).join(', ');
  const preview = (as: 'text' | 'json') => () =>
    void actions.send(`step:${step}`, { type: 'previewQuestion', step, as });
  return html`<p class="hint send-summary" role="note" aria-label=${t('What Ask would send')}>
    ${icon('arrow-right')} ${destination(context)}:
    ${[t('the question'), ...parts].join('; ')}${hidden === '' ? '.' : tParts('. {0} Hidden: {1}.', icon('shield'), hidden)}
    <button type="button" class="link" @click=${preview('text')}>${t('Preview what is sent')}</button>
    <span aria-hidden="true">·</span>
    <button type="button" class="link" aria-label=${t('Preview what is sent, as JSON')} @click=${preview('json')}>
      ${t('as JSON')}
    </button>
  </p>`;
}

function destination({ incident, surroundings }: PanelContext): TemplateResult | string {
  const { host, model } = surroundings.endpoint;
  if (incident.demo !== undefined) return t('To recorded replies, nothing goes to the network');
  return host === '' ? t('Nowhere yet') : html`${t('To')} <strong><bdi>${host}</bdi></strong> (<bdi>${model}</bdi>)`;
}

/** What a step gathers by itself, when it is asked or previewed. */
function gathered({ incident }: PanelContext, step: StepId): readonly string[] {
  const names = incident.suspects.map(({ path }) => unturned(shownPath(path))).join(', ');
  switch (step) {
    case 'files':
      return names === '' ? [] : [t('as they are then: {0}', names)];
    case 'environment':
      return [t('names of the variables that the suspects read, never a value')];
    case 'regression':
      return [t('the last commits, and the diff of the suspects')];
    case 'fix':
      return [t('what Claude’s searches of tracked files find, each shown')];
    case 'orient':
    case 'hypotheses':
    case 'blastRadius':
      return [];
  }
}
