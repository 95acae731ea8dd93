import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { t, tParts } from '../../../src/model/l10n.ts';
import { monitorStateName } from '../../../src/model/names.ts';
import type { RunId } from '../../../src/model/reply.ts';
import { watchList } from '../../../src/model/watch.ts';
import type { MonitorState, WatchedMonitor, WatchList } from '../../../src/model/watch.ts';
import { watchAdvice } from '../../../src/model/watchWords.ts';
import type { PanelContext } from '../context.ts';
import { commandLine } from '../copyButton.ts';
import { failureAt } from '../failureBox.ts';
import { icon } from '../icon.ts';
import { noteBoxView, openNoteBox } from '../noteBox.ts';

const place = 'watch';

const states: Readonly<Record<MonitorState, { readonly icon: string; readonly tone: string }>> = {
  ok: { icon: 'pass', tone: 'ok' },
  worse: { icon: 'flame', tone: 'warn' },
  unknown: { icon: 'question', tone: '' },
};

/** The monitors to watch after the deploy, the time that is left, and the way back when one gets worse. */
export function watchListView(context: PanelContext): TemplateResult | typeof nothing {
  const list = watchList(context.incident, context.now);
  if (list === undefined || list.monitors.length === 0) return nothing;
  const ok = list.monitors.filter(({ check }) => check?.state === 'ok').length;
  return html`<h3 class="list-title" id="watch-title">
      ${t('Watch after the deploy ({0} of {1} ok)', ok, list.monitors.length)}
    </h3>
    ${clockRow(context, list)}
    <ul class="list" aria-labelledby="watch-title">
      ${list.monitors.map((monitor) => monitorRow(context, list.runId, monitor))}
    </ul>
    ${list.worse === 0 ? nothing : rollBack(context)} ${failureAt(context, place)}`;
}

function clockRow(context: PanelContext, list: WatchList): TemplateResult {
  const { actions, incident } = context;
  const start = (label: string): TemplateResult =>
    html`<button
      type="button"
      class="plain-button"
      ?disabled=${actions.isPending(place)}
      @click=${() => actions.send(place, { type: 'startWatch' })}
    >
      ${icon('eye')} ${label}
    </button>`;
  switch (list.clock.kind) {
    case 'notStarted':
      return html`<p class="row">
        <span class="hint grow">${t('Start it when the fix is live. You are reminded in the status bar.')}</span>
        ${start(t('Start the Watch'))}
      </p>`;
    case 'running':
      return html`<p class="row">
        ${icon('watch')}
        <span class="grow"
          ><strong
            >${tParts('{0} left.', html`<time data-clock="left" data-until=${list.clock.endsAt}></time>`)}</strong
          >
          ${watchAdvice(list)}</span
        >
        ${start(t('Start Again'))}
      </p>`;
    case 'over': {
      const mayResolve = list.allOk && incident.status.kind === 'open';
      return html`<div class="notice ${list.allOk ? 'info' : 'warning'}" role="status">
        ${icon(list.allOk ? 'pass-filled' : 'watch')}
        <p class="grow"><strong>${t('The time is up.')}</strong> ${watchAdvice(list)}</p>
        ${
          mayResolve
            ? html`<vscode-button
                @click=${() => actions.send(place, { type: 'runCommand', command: 'resolveIncident' })}
                >${t('Resolve Incident')}</vscode-button
              >`
            : nothing
        }
        ${start(t('Watch Again'))}
      </div>`;
    }
  }
}

function monitorRow(context: PanelContext, runId: RunId, monitor: WatchedMonitor): TemplateResult {
  const { index, what, threshold, check, due } = monitor;
  const key = `monitor:${runId}:${index}` as const;
  const id = `monitor-${runId}-${index}`;
  const note = check?.note ?? '';
  return html`<li class="monitor">
    <div class="row card-head">
      <div class="grow">
        <strong><bdi>${what}</bdi></strong
        >: <bdi>${threshold}</bdi>
      </div>
      ${lastSeen(monitor)} ${due ? html`<span class="label warn">${icon('bell')} ${t('due')}</span>` : nothing}
    </div>
    ${note === '' ? nothing : html`<p class="verdict-note prose" dir="auto"><strong>${t('Note:')}</strong> ${note}</p>`}
    <div class="row verdict-row" role="group" aria-label=${t('How is {0}?', what)}>
      ${(['ok', 'worse', 'unknown'] as const).map((state) => stateButton(context, runId, monitor, state))}
      <button type="button" class="link quiet" @click=${() => openNoteBox(context, { key, id }, note)}>
        ${note === '' ? t('Add a note…') : t('Change the note…')}<span class="hidden-text"> (${what})</span>
      </button>
    </div>
    ${noteBoxView(context, {
      key,
      id,
      label: t('Note on {0}', what),
      placeholder: t('What does it show? Goes into the record (Ctrl+Enter keeps it)'),
      place,
      onKeep: () => void send(context, runId, monitor, check?.state ?? 'unknown'),
    })}
  </li>`;
}

function lastSeen({ check }: WatchedMonitor): TemplateResult {
  if (check === undefined) return html`<span class="label">${t('not looked at')}</span>`;
  const { icon: name, tone } = states[check.state];
  return html`<span class="label ${tone}"
    >${icon(name)} ${monitorStateName(check.state)} <time data-clock="day" data-since=${check.at}></time
  ></span>`;
}

function stateButton(
  context: PanelContext,
  runId: RunId,
  monitor: WatchedMonitor,
  state: MonitorState,
): TemplateResult {
  const word = monitorStateName(state);
  return html`<button
    type="button"
    class="plain-button"
    aria-label="${word}: ${monitor.what}"
    aria-pressed=${monitor.check?.state === state ? 'true' : 'false'}
    @click=${() => send(context, runId, monitor, state)}
  >
    ${icon(states[state].icon)} ${word}
  </button>`;
}

/** Sends how a monitor is; a note that is being written goes along. An earlier note belongs to what was seen then. */
async function send(
  { actions, view }: PanelContext,
  runId: RunId,
  { index, check }: WatchedMonitor,
  state: MonitorState,
): Promise<void> {
  const key = `monitor:${runId}:${index}` as const;
  const written = view.draft(key);
  const note = written ?? (check?.state === state ? check.note : '');
  const sent = await actions.send(place, { type: 'checkMonitor', runId, index, state, note: note.trim() });
  if (sent) view.clearDraft(key, written);
}

/** The way back, as CLAUDE.md has it: to copy, or to be typed into a terminal and run there by hand. */
function rollBack(context: PanelContext): TemplateResult {
  const { actions, surroundings } = context;
  const command = surroundings.houseRules?.rollbackCommand;
  if (command === undefined) {
    return html`<div class="notice warning" role="note">
      ${icon('warning')}
      <p class="grow">
        <strong>${t('A monitor is worse.')}</strong>
        ${t('CLAUDE.md names no rollback command: go back as your team does.')}
      </p>
    </div>`;
  }
  return html`<div class="notice warning" role="note">
    ${icon('warning')}
    <div class="grow">
      <p>
        <strong>${t('A monitor is worse.')}</strong>
        ${t('To roll back, as CLAUDE.md says. Nothing runs until you run it.')}
      </p>
      ${commandLine(context, place, command, t('the rollback command'))}
      ${
        surroundings.trusted
          ? html`<button
              type="button"
              class="plain-button"
              @click=${() => actions.send(place, { type: 'typeRollback' })}
            >
              ${icon('terminal')} ${t('Type It into a Terminal')}
            </button>`
          : html`<p class="hint">${t('In Restricted Mode it can be copied only.')}</p>`
      }
    </div>
  </div>`;
}
