import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { fixBranch, fixMessage, isFixProved } from '../../../src/model/appliedFix.ts';
import type { AppliedFix } from '../../../src/model/appliedFix.ts';
import { mayBeApplied } from '../../../src/model/fixCheck.ts';
import { activeRun } from '../../../src/model/incident.ts';
import { plural, t, tParts } from '../../../src/model/l10n.ts';
import type { Fix } from '../../../src/model/records.ts';
import type { Run } from '../../../src/model/reply.ts';
import type { PanelContext } from '../context.ts';
import { copyButton } from '../copyButton.ts';
import { failureAt } from '../failureBox.ts';
import { icon } from '../icon.ts';
import { fileLink } from '../links.ts';
import { textBox } from '../textBox.ts';

const place = 'applyFix';

/** The way from a proposed fix to an applied one: a reason where nothing proved it, the editor's preview, what is next. */
export function applyFix(context: PanelContext, run: Run, data: Fix): TemplateResult | typeof nothing {
  if (!mayBeApplied(data)) return nothing;
  const ofRun = context.incident.appliedFixes.filter(({ runId }) => runId === run.id);
  const applied = ofRun.findLast(({ undoneAt }) => undoneAt === undefined);
  return html`<h3 class="list-title">${t('Apply it')}</h3>
    ${applied === undefined ? toApply(context, run, ofRun.at(-1)) : afterwards(context, data, applied)}
    ${failureAt(context, place)} ${mend(context)}`;
}

function toApply(context: PanelContext, run: Run, undone: AppliedFix | undefined): TemplateResult {
  const { actions, incident, surroundings, view } = context;
  if (!surroundings.trusted) {
    return html`<p class="hint">${t('This folder is in Restricted Mode, so applying a fix is off.')}</p>`;
  }
  const isProved = isFixProved(incident, run.id);
  const key = `reason:${run.id}` as const;
  const reason = view.draft(key) ?? '';
  const send = async (): Promise<void> => {
    const written = view.draft(key) ?? '';
    if (!isProved && written.trim() === '') return;
    if (await actions.send(place, { type: 'applyFix', runId: run.id, reason: written })) view.clearDraft(key, written);
  };
  const id = `reason-${run.id}`;
  return html`${
      undone?.undoneAt === undefined
        ? nothing
        : html`<p class="hint">
            ${icon('discard')}
            ${tParts('It was applied, and undone at {0}.', html`<time data-clock="day" data-since=${undone.undoneAt}></time>`)}
          </p>`
    }
    <p class="hint">
      ${t('The change opens in the editor’s own diff first. It is one edit: one undo takes all of it back. Nothing is committed.')}
    </p>
    <div class="row box-row">
      ${
        isProved
          ? nothing
          : html`<label class="hidden-text" for=${id}>${t('Why the fix is applied without a proof')}</label> ${textBox({
                id,
                text: reason,
                rows: 1,
                placeholder: t('Why apply it without a proof? Goes into the record'),
                onInput: (typed) => view.setDraft(key, typed),
                onSubmit: () => void send(),
              })}`
      }
      <vscode-button
        appearance=${isProved ? 'primary' : 'secondary'}
        ?disabled=${actions.isPending(place) || activeRun(incident) !== undefined || (!isProved && reason.trim() === '')}
        @click=${send}
        >${icon('check-all')}&nbsp;${t('Preview and Apply…')}</vscode-button
      >
    </div>`;
}

/** Where the fix is, on what ground, and the way on to a commit, which is the user's. */
function afterwards(context: PanelContext, data: Fix, applied: AppliedFix): TemplateResult {
  const { actions, incident } = context;
  const { files, proof, at } = applied;
  const branch = fixBranch(incident);
  const message = fixMessage(incident, data, proof);
  return html`<div class="card">
    <p>
      <span class="label ok">${icon('pass-filled')} ${t('applied')}</span>
      ${tParts('at {0} to {1}, as one edit. Undo in any of them takes it back.', html`<time data-clock="day" data-since=${at}></time>`, plural(files.length, '{0} file', '{0} files'))}
    </p>
    <p class="row links">${files.map((file) => fileLink(context, place, file))}</p>
    ${
      proof.kind === 'proved'
        ? html`<p>${icon('pass')} ${t('Proved: its test fails without it and passes with it.')}</p>`
        : html`<p class="prose" dir="auto"><strong>${t('Not proved.')}</strong> ${proof.reason}</p>`
    }
    <div class="row">
      <button
        type="button"
        class="plain-button"
        ?disabled=${actions.isPending(place)}
        @click=${() => actions.send(place, { type: 'createFixBranch' })}
      >
        ${icon('git-branch')} ${tParts('Create Branch {0}', html`<code>${branch}</code>`)}
      </button>
      <button
        type="button"
        class="plain-button"
        ?disabled=${actions.isPending(place)}
        @click=${() => actions.send(place, { type: 'useFixMessage' })}
      >
        ${icon('source-control')} ${t('Use Commit Message')}
      </button>
    </div>
    <details>
      <summary>${t('The commit message')}</summary>
      <pre class="message" tabindex="0" role="group" aria-label=${t('Commit message')}>${message}</pre>
      ${copyButton(context, place, message, t('the commit message'))}
    </details>
    <p class="hint">${t('Nothing is committed or pushed from here.')}</p>
  </div>`;
}

/** Edits that do not fit are Claude's to mend: it gets the reasons and the lines as they are now. */
function mend({ actions, incident }: PanelContext): TemplateResult | typeof nothing {
  if (actions.failureAt(place)?.kind !== 'editsRefused') return nothing;
  return html`<div class="row">
    <vscode-button
      appearance="secondary"
      ?disabled=${actions.isPending(place) || activeRun(incident) !== undefined}
      @click=${() => actions.send(place, { type: 'mendFix' })}
      >${icon('sync')}&nbsp;${t('Ask Claude to Mend the Edits')}</vscode-button
    >
  </div>`;
}
