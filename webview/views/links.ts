import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { evidenceTitle } from '../../src/model/evidenceTitle.ts';
import { parseCitations } from '../../src/model/citations.ts';
import type { ReadCitation } from '../../src/model/citations.ts';
import { t } from '../../src/model/l10n.ts';
import type { Place } from '../actions.ts';
import { shownPath } from '../shownNames.ts';
import type { PanelContext } from './context.ts';

/** What a link to a file says under the mouse: all of its path, too, where it is shown without its middle. */
export function opensFile(path: string): string {
  return shownPath(path) === path ? t('Open in the editor') : `${path}\n${t('Open in the editor')}`;
}

/** A file, with its line where one is known, that opens in the editor. The host confines the path to the workspace. */
export function fileLink(context: PanelContext, place: Place, path: string, line?: number): TemplateResult {
  return html`<button
    type="button"
    class="link mono"
    title=${opensFile(path)}
    @click=${() => context.actions.send(place, { type: 'openFile', path, ...(line === undefined ? {} : { line }) })}
  >
    <bdi>${shownPath(path)}${line === undefined ? '' : `:${line}`}</bdi>
  </button>`;
}

/** What a recorded claim rests on, each piece a link to it; what points to nothing is plain text and says so. */
export function citationLinks(
  context: PanelContext,
  place: Place,
  citations: readonly string[] | undefined,
): TemplateResult | typeof nothing {
  if (citations === undefined || citations.length === 0) return nothing;
  return html`<span class="citations"
    >${citations.flatMap(parseCitations).map((read) => citationLink(context, place, read))}</span
  >`;
}

function citationLink(context: PanelContext, place: Place, { cited, citation }: ReadCitation): TemplateResult {
  switch (citation.kind) {
    case 'commit':
    case 'variable':
      return html`<span class="mono"><bdi>${cited}</bdi></span>`;
    case 'text':
      return html`<span class="dim"><bdi>${citation.text}</bdi></span>`;
    case 'file':
      return fileLink(context, place, citation.path, citation.line);
    case 'evidence': {
      const item = context.incident.evidence.find(({ id }) => id === citation.id);
      const { id, line } = citation;
      const text = line === undefined ? id : `${id}:${line}`;
      if (item === undefined) return html`<span class="dim">${t('{0} (not among the evidence)', text)}</span>`;
      return html`<button
        type="button"
        class="link citation"
        title=${`${evidenceTitle(item)}${line === undefined ? '' : t(', line {0}', line)}`}
        @click=${() =>
          context.actions.send(place, {
            type: 'previewEvidence',
            evidenceId: id,
            ...(line === undefined ? {} : { line }),
          })}
      >
        [${text}]
      </button>`;
    }
  }
}
