import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { plural, t, tParts } from '../../src/model/l10n.ts';
import type { ToolCall } from '../../src/model/reply.ts';
import { readSearch } from '../searches.ts';
import type { ShownSearch } from '../searches.ts';
import { icon } from './icon.ts';
import { suspiciousHits } from './suspiciousLines.ts';

/** What a reply did beside writing: a search of the repository, or the record of its result. */
export function toolCallView(call: ToolCall): TemplateResult {
  const search = readSearch(call);
  if (search !== undefined) return searchView(search, call);
  return call.accepted
    ? html`<p class="tool-call dim" title=${call.name}>${icon('check')} ${t('Result recorded')}</p>`
    : html`<p class="tool-call" title=${call.name}>
        <span class="warn">${icon('warning')} ${t('Result not recorded:')}</span> <bdi>${call.answer}</bdi>
      </p>`;
}

function searchView(search: ShownSearch, { answer, suspicious }: ToolCall): TemplateResult {
  const what = html`${search.pattern === '' ? t('the repository') : html`<code>${search.pattern}</code>`}
  ${search.path === undefined ? nothing : html` ${tParts('in {0}', html`<bdi class="mono">${search.path}</bdi>`)}`}`;
  if (search.hits === undefined) {
    return html`<p class="tool-call">
      <span class="warn">${icon('warning')} ${t('Not searched:')}</span> ${what}. <bdi>${answer}</bdi>
    </p>`;
  }
  const found =
    search.hits === 0
      ? t('no hit')
      : `${plural(search.hits, '{0} hit', '{0} hits')}${search.cut ? t(', and more') : ''}`;
  return html`${suspiciousHits(suspicious)}
    <details class="tool-call search">
      <summary>${icon('search')} ${tParts('Searched for {0}:', what)} <strong>${found}</strong></summary>
      <pre tabindex="0" role="group" aria-label=${t('What the search found')}>${answer}</pre>
    </details>`;
}
