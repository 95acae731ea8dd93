import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { t } from '../../src/model/l10n.ts';
import type { OfferedLog, Surroundings } from '../../src/protocol.ts';
import { ago, fileSize } from '../format.ts';
import { shownPath } from '../shownNames.ts';
import type { PanelContext } from './context.ts';
import { failureAt } from './failureBox.ts';
import { icon } from './icon.ts';
import { textBox } from './textBox.ts';
import { wantsEvidence } from './wants.ts';

/** The ways to bring in the error. Once the step has been asked they fold away behind a line. */
export function errorBox(context: PanelContext, folded: boolean): TemplateResult {
  const ways = html`${pasteBox(context)} ${sourceButtons(context)} ${foundLogs(context)}
  ${failureAt(context, 'sources')}`;
  if (!folded) return html`<div class="gather">${ways}</div>`;
  return html`<details class="gather">
    <summary>${t('Add more evidence')}</summary>
    ${ways}
  </details>`;
}

/** Adds what is in the box. Resolves with false when that failed; an empty box is not a failure. */
export async function addErrorText({ view, actions }: PanelContext): Promise<boolean> {
  const text = view.draft('error') ?? '';
  if (text.trim() === '') return true;
  // Ask adds what is in the box, too, and may come before the answer to Add.
  const added = await actions.sendOnce('sources', { type: 'addErrorText', text });
  if (added) view.clearDraft('error', text);
  return added;
}

function pasteBox(context: PanelContext): TemplateResult {
  const { view, actions } = context;
  const text = view.draft('error') ?? '';
  const add = (): void => void addErrorText(context);
  return html`<label class="box-label" for="error-box">${t('Paste the error here')}</label>
    <div class="row box-row">
      ${textBox({
        id: 'error-box',
        text,
        rows: 4,
        placeholder: t('Error message, stack trace, alert … Secrets are hidden before anything is sent.'),
        onInput: (typed) => view.setDraft('error', typed),
        onSubmit: add,
        code: true,
      })}
      <vscode-button
        appearance="secondary"
        title=${t('Ctrl+Enter or Cmd+Enter in the box')}
        ?disabled=${text.trim() === '' || actions.isPending('sources')}
        @click=${add}
        >${t('Add')}</vscode-button
      >
    </div>`;
}

const sources = () =>
  [
    { source: 'clipboard', label: t('Clipboard'), icon: 'clippy' },
    { source: 'selection', label: t('Selection'), icon: 'list-selection' },
    { source: 'terminal', label: t('Terminal Output'), icon: 'terminal' },
    { source: 'logFile', label: t('Log File…'), icon: 'output' },
    { source: 'stackFile', label: t('Stack File…'), icon: 'layers-active' },
  ] as const;

function sourceButtons(context: PanelContext): TemplateResult {
  const { actions, surroundings } = context;
  const isNext = (source: string): boolean =>
    source === 'clipboard' && surroundings.logs.length === 0 && wantsEvidence(context);
  return html`<div class="row sources" role="group" aria-label=${t('Add evidence from')}>
      <span class="dim" aria-hidden="true">${t('Or add')}</span>
      ${sources().map(
        ({ source, label, icon: name }) =>
          html`<button
            type="button"
            class="plain-button ${isNext(source) ? 'primary' : ''}"
            @click=${() => actions.send('sources', { type: 'addEvidence', source })}
          >
            ${icon(name)} ${label}
          </button>`,
      )}
    </div>
    <p class="hint">${terminalWords()[surroundings.terminal]}</p>`;
}

const terminalWords = (): Readonly<Record<Surroundings['terminal'], string>> => ({
  none: t('Terminal: none is open.'),
  shellIntegration: t('Terminal: the output of its last command can be read.'),
  selectionOnly: t('Terminal: only what you select in it can be read (its shell has no shell integration).'),
});

function foundLogs(context: PanelContext): TemplateResult | typeof nothing {
  const { logs } = context.surroundings;
  if (logs.length === 0) return nothing;
  return html`<h3 class="list-title">${t('Logs found in this folder')}</h3>
    <ul class="list">
      ${logs.map((log, index) => foundLog(context, log, index === 0 && wantsEvidence(context)))}
    </ul>`;
}

function foundLog({ incident, actions, now }: PanelContext, log: OfferedLog, isNext: boolean): TemplateResult {
  const added = incident.evidence.some((item) => item.uri === log.uri && item.removedAt === undefined);
  return html`<li class="row">
    ${icon('output')}
    <span class="grow cut" title=${log.path}><bdi>${shownPath(log.path)}</bdi></span>
    <span class="dim">${t('{0} · changed {1}', fileSize(log.bytes), ago(log.modifiedAt, now))}</span>
    ${added ? html`<span class="ok">${icon('check')} ${t('added')}</span>` : nothing}
    <button
      type="button"
      class="plain-button ${isNext ? 'primary' : ''}"
      aria-label=${added ? t('Add last {0} lines of {1} again', log.lines, log.path) : t('Add last {0} lines of {1}', log.lines, log.path)}
      @click=${() => actions.send('sources', { type: 'addOfferedLog', uri: log.uri, kind: log.kind })}
    >
      ${t('Add last {0} lines', log.lines)}
    </button>
  </li>`;
}
