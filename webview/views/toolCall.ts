import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { ToolCall } from '../../src/model/reply.ts';
import { count } from '../format.ts';
import { readSearch } from '../searches.ts';
import type { ShownSearch } from '../searches.ts';
import { icon } from './icon.ts';

/** What a reply did beside writing: a search of the repository, or the record of its result. */
export function toolCallView(call: ToolCall): TemplateResult {
  const search = readSearch(call);
  if (search !== undefined) return searchView(search, call);
  return call.accepted
    ? html`<p class="tool-call dim" title=${call.name}>${icon('check')} Result recorded</p>`
    : html`<p class="tool-call" title=${call.name}>
        <span class="warn">${icon('warning')} Result not recorded:</span> <bdi>${call.answer}</bdi>
      </p>`;
}

function searchView(search: ShownSearch, { answer }: ToolCall): TemplateResult {
  const what = html`${search.pattern === '' ? 'the repository' : html`<code>${search.pattern}</code>`}
  ${search.path === undefined ? nothing : html` in <bdi class="mono">${search.path}</bdi>`}`;
  if (search.hits === undefined) {
    return html`<p class="tool-call">
      <span class="warn">${icon('warning')} Not searched:</span> ${what}. <bdi>${answer}</bdi>
    </p>`;
  }
  const found = search.hits === 0 ? 'no hit' : `${count(search.hits, 'hit')}${search.cut ? ', and more' : ''}`;
  return html`<details class="tool-call search">
    <summary>${icon('search')} Searched for ${what}: <strong>${found}</strong></summary>
    <pre tabindex="0" role="group" aria-label="What the search found">${answer}</pre>
  </details>`;
}
