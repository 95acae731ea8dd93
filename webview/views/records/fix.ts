import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { Fix } from '../../../src/model/records.ts';
import type { PanelContext } from '../context.ts';
import { icon } from '../icon.ts';
import { citationLinks, fileLink } from '../links.ts';
import { restsOn } from './restsOn.ts';

type Edit = Fix['edits'][number];

const place = 'record:fix';

/** The fix with the four parts of its check: the test, why it works, where it may fail, where else the pattern is. */
export function fixCards(context: PanelContext, data: Fix): TemplateResult {
  return html`<ul class="row parts" aria-label="Parts of the check">
      ${part('test', data.test.edits.length > 0)} ${part('why it works', data.explanation.trim() !== '')}
      ${part(`edge cases (${data.edgeCases.length})`, data.edgeCases.length > 0)}
      ${part(
        data.noSimilarPatterns === true ? 'no similar patterns' : `similar patterns (${data.similarPatterns.length})`,
        data.noSimilarPatterns === true || data.similarPatterns.length > 0,
      )}
    </ul>
    ${
      data.edits.length === 0
        ? nothing
        : html`<h3 class="list-title">The fix</h3>
            ${data.edits.map((edit) => editView(context, edit))}`
    }
    ${
      data.test.edits.length === 0
        ? nothing
        : html`<h3 class="list-title">A test that would have caught it</h3>
            ${data.test.edits.map((edit) => editView(context, edit))}
            ${data.test.command === undefined ? nothing : html`<p class="dim">Runs with <code>${data.test.command}</code></p>`}`
    }
    ${
      data.explanation.trim() === ''
        ? nothing
        : html`<h3 class="list-title">Why it works</h3>
            <p class="prose" dir="auto">${data.explanation}</p>`
    }
    ${
      data.edgeCases.length === 0
        ? nothing
        : html`<h3 class="list-title">Where it may fail</h3>
            <ul class="bullets">
              ${data.edgeCases.map((edgeCase) => html`<li dir="auto">${edgeCase}</li>`)}
            </ul>`
    }
    ${
      data.similarPatterns.length === 0
        ? nothing
        : html`<h3 class="list-title">The same pattern elsewhere</h3>
            <ul class="bullets">
              ${data.similarPatterns.map(
                ({ path, line, why }) => html`<li>${fileLink(context, place, path, line)} <bdi>${why}</bdi></li>`,
              )}
            </ul>`
    }
    <dl>${restsOn(citationLinks(context, place, data.citations))}</dl>`;
}

function part(name: string, present: boolean): TemplateResult {
  return present
    ? html`<li class="ok">${icon('check')} ${name}</li>`
    : html`<li class="warn">${icon('circle-large')} ${name}: missing</li>`;
}

function editView(context: PanelContext, { path, search, replace, newFile }: Edit): TemplateResult {
  return html`<figure class="edit">
    <figcaption>
      ${fileLink(context, place, path)}${newFile === undefined ? nothing : html` <span class="label">new file</span>`}
    </figcaption>
    <pre tabindex="0" role="group" aria-label="Change in ${path}">
${
        search === undefined ? nothing : html`<del>${marked('-', search)}</del>`
      }${replace === undefined ? nothing : html`<ins>${marked('+', replace)}</ins>`}${
        newFile === undefined ? nothing : html`<ins>${marked('+', newFile)}</ins>`
      }</pre>
  </figure>`;
}

/** Each line with its sign in front, so that a change is not told by colour alone. */
function marked(sign: '+' | '-', text: string): string {
  if (text === '') return '';
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => `${sign} ${line}\n`)
    .join('');
}
