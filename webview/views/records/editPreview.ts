import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { t } from '../../../src/model/l10n.ts';
import type { Fix } from '../../../src/model/records.ts';
import { editLines, groupText } from '../../editLines.ts';
import type { LineGroup } from '../../editLines.ts';
import type { PanelContext } from '../context.ts';
import { fileLink } from '../links.ts';

/** One edit of a fix or of its test as a hunk: what goes, what comes, and the lines around that stay. */
export function editPreview(context: PanelContext, edit: Fix['edits'][number]): TemplateResult {
  const { path, search, newFile } = edit;
  const groups = editLines(edit);
  const changed = groups.some(({ sign }) => sign !== ' ');
  return html`<figure class="edit">
    <figcaption class="row">
      <span class="grow">${fileLink(context, 'record:fix', path)}</span>
      ${newFile === undefined ? nothing : html`<span class="label">${t('new file')}</span>`}
      ${newFile === undefined && (search ?? '') === '' ? html`<span class="label warn">${t('does not say where')}</span>` : nothing}
      ${changed ? html`<span class="dim mono">${size(groups)}</span>` : html`<span class="dim">${t('no line changes')}</span>`}
    </figcaption>
    <pre tabindex="0" role="group" aria-label=${t('Change in {0}', path)}>${groups.map(groupView)}</pre>
  </figure>`;
}

function groupView(group: LineGroup): TemplateResult {
  const text = groupText(group);
  switch (group.sign) {
    case '-':
      return html`<del>${text}</del>`;
    case '+':
      return html`<ins>${text}</ins>`;
    case ' ':
      return html`<span class="kept">${text}</span>`;
  }
}

/** `+3 −1`, as diffs say it. */
function size(groups: readonly LineGroup[]): string {
  const of = (sign: LineGroup['sign']): number =>
    groups.reduce((sum, group) => (group.sign === sign ? sum + group.lines.length : sum), 0);
  return `+${of('+')} −${of('-')}`;
}
