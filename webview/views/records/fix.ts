import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { fixParts, missingParts } from '../../../src/model/fixCheck.ts';
import type { FixPart } from '../../../src/model/fixCheck.ts';
import { plural, t } from '../../../src/model/l10n.ts';
import type { Fix } from '../../../src/model/records.ts';
import type { Run } from '../../../src/model/reply.ts';
import type { PanelContext } from '../context.ts';
import { commandLine } from '../copyButton.ts';
import { icon } from '../icon.ts';
import { citationLinks } from '../links.ts';
import { editPreview } from './editPreview.ts';
import { restsOn } from './restsOn.ts';
import { similarPatterns } from './similarPatterns.ts';

const place = 'record:fix';

/** The fix with the four parts of its check: the test, why it works, where it may fail, where else the pattern is. */
export function fixCards(context: PanelContext, run: Run, data: Fix): TemplateResult {
  return html`${partsOfCheck(data)} ${edits(context, data)} ${testEdits(context, data.test)} ${whyItWorks(data)}
    ${edgeCases(data)} ${similarPatterns(context, run, data)}
    <dl>${restsOn(citationLinks(context, place, data.citations))}</dl>`;
}

/** What is there and what is missing: a fix without its test, or without a word on where it may fail, is half of one. */
function partsOfCheck(data: Fix): TemplateResult {
  const missing = missingParts(data);
  const patterns = data.similarPatterns.length;
  const names: Readonly<Record<FixPart, string>> = {
    test: t('a test'),
    explanation: t('why it works'),
    edgeCases: t('edge cases ({0})', data.edgeCases.length),
    similarPatterns:
      patterns === 0 && data.noSimilarPatterns === true
        ? t('similar patterns: none elsewhere')
        : t('similar patterns ({0})', patterns),
  };
  return html`<ul class="row parts" aria-label=${t('Parts of the check')}>
      ${fixParts.map((part) =>
        missing.includes(part)
          ? html`<li class="warn">${icon('circle-large')} ${names[part]}: <strong>${t('missing')}</strong></li>`
          : html`<li class="ok">${icon('check')} ${names[part]}</li>`,
      )}
    </ul>
    <p class="hint">
      ${
        missing.length === 0
          ? t('A fix is applied only when all four parts are there.')
          : plural(
              missing.length,
              'A fix is applied only when all four parts are there: one is missing. Reply to ask for it.',
              'A fix is applied only when all four parts are there: {0} are missing. Reply to ask for it.',
            )
      }
    </p>`;
}

function edits(context: PanelContext, data: Fix): TemplateResult | typeof nothing {
  if (data.edits.length === 0) return nothing;
  return html`<div class="row list-head">
      <h3 class="list-title grow">${t('The fix')}</h3>
      <button type="button" class="plain-button" @click=${() => context.actions.send('applyFix', { type: 'showFix' })}>
        ${icon('diff')} ${t('Open as Diff')}
      </button>
    </div>
    ${data.edits.map((edit) => editPreview(context, edit))}`;
}

function testEdits(context: PanelContext, test: Fix['test']): TemplateResult | typeof nothing {
  if (test.edits.length === 0) return nothing;
  return html`<h3 class="list-title">${t('A test that would have caught it')}</h3>
    ${test.edits.map((edit) => editPreview(context, edit))}
    ${test.command === undefined ? nothing : commandLine(context, place, test.command, t('the test’s command'))}`;
}

function whyItWorks({ explanation }: Fix): TemplateResult | typeof nothing {
  if (explanation.trim() === '') return nothing;
  return html`<h3 class="list-title">${t('Why it works')}</h3>
    <p class="prose" dir="auto">${explanation}</p>`;
}

function edgeCases({ edgeCases: cases }: Fix): TemplateResult | typeof nothing {
  if (cases.length === 0) return nothing;
  return html`<h3 class="list-title">${t('Where it may fail')}</h3>
    <ul class="bullets">
      ${cases.map((edgeCase) => html`<li dir="auto">${edgeCase}</li>`)}
    </ul>`;
}
