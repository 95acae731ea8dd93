import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { evidenceTitle } from '../../src/model/evidenceTitle.ts';
import { namesCommands, pastedNames } from '../../src/model/environmentNames.ts';
import { presentEvidence } from '../../src/model/incident.ts';
import { t } from '../../src/model/l10n.ts';
import { commandLine } from './copyButton.ts';
import type { PanelContext } from './context.ts';
import { icon } from './icon.ts';

const place = 'step:environment';

/**
 * Holds the names that are set in production against what the suspects read. The box is no draft and is kept nowhere: what
 * is pasted with values loses them before it is in the box.
 */
export function productionNames(context: PanelContext): TemplateResult {
  const compared = presentEvidence(context.incident).findLast(({ kind }) => kind === 'productionEnvironment');
  return html`${
      compared === undefined
        ? nothing
        : html`<p class="row local-fact">
            ${icon('server-environment')}
            <strong><bdi>${evidenceTitle(compared)}</bdi></strong>
            <button
              type="button"
              class="link"
              @click=${() => context.actions.send(place, { type: 'previewEvidence', evidenceId: compared.id })}
            >
              ${t('Show what is set ({0})', compared.id)}
            </button>
          </p>`
    }
    <details class="production">
      <summary>${compared === undefined ? t('See what is missing in production') : t('Compare again')}</summary>
      <p class="hint">
        ${t('Run the command where the service runs. It prints names only. Then paste what it printed.')}
      </p>
      <dl>
        ${namesCommands.map(
          ({ platform, command }) =>
            html`<dt>${platform}</dt>
              <dd>${commandLine(context, place, command, t('the command for {0}', platform))}</dd>`,
        )}
      </dl>
      <label class="box-label" for="production-names">${t('Names that are set in production')}</label>
      <div class="row box-row">
        <textarea
          id="production-names"
          class="grow mono"
          rows="4"
          spellcheck="false"
          autocomplete="off"
          placeholder=${t('Names only. Values that come along are dropped at once: not kept, not sent.')}
          @paste=${(event: ClipboardEvent) => takeNames(event, event.clipboardData)}
          @drop=${(event: DragEvent) => takeNames(event, event.dataTransfer)}
        ></textarea>
        <vscode-button
          appearance="secondary"
          ?disabled=${context.actions.isPending(place)}
          @click=${() => compare(context)}
          >${t('Compare')}</vscode-button
        >
      </div>
    </details>`;
}

/** Puts the names of what is pasted or dropped into the box, and nothing else of it. */
function takeNames(event: Event, data: DataTransfer | null): void {
  event.preventDefault();
  const box = event.currentTarget;
  if (!(box instanceof HTMLTextAreaElement)) return;
  const names = pastedNames(data?.getData('text/plain') ?? '').join('\n');
  const before = box.value.slice(0, box.selectionStart);
  const gap = before === '' || before.endsWith('\n') ? '' : '\n';
  box.setRangeText(`${gap}${names}\n`, box.selectionStart, box.selectionEnd, 'end');
}

async function compare({ actions }: PanelContext): Promise<void> {
  const box = document.querySelector<HTMLTextAreaElement>('#production-names');
  if (box === null) return;
  // Line by line: what was typed with a value is a line of its own.
  const names = box.value.split('\n').flatMap((line) => pastedNames(line));
  const compared = await actions.send(place, { type: 'compareProduction', names: [...new Set(names)] });
  if (compared) box.value = '';
}
