import { stepsSettled } from '../model/incident.ts';
import type { Incident } from '../model/incident.ts';
import { demoNotice } from '../model/incidentNotices.ts';
import { t } from '../model/l10n.ts';
import { stepDefinition, stepIds } from '../model/steps.ts';
import type { StepId } from '../model/steps.ts';
import { statusWords, stepInWork, stepStatus } from '../model/stepStatus.ts';

/**
 * What a reader sees of an incident before the panel's script has run, as HTML: its title, the seven steps with where each
 * stands, and what the one in work is for. In the classes of the panel's own views (`webview/views`), so that nothing moves
 * when they take over, and without a control, since none would work yet. The page's script takes it away when it shows the incident itself. The incident's words are redacted, as in the
 * panel, and escaped.
 */
export function firstPicture(incident: Incident): string {
  const inWork = stepInWork(incident);
  const title = incident.title === '' ? t('Untitled incident') : incident.title;
  return `<div class="panel" id="first-picture" aria-busy="true">
<header class="top"><div class="row title-row"><div class="row title grow"><h1><bdi>${escaped(title)}</bdi></h1><span class="rename"></span></div>
<div class="row tools">${tools(incident)
    .map((word) => `<span class="tool to-come"><span class="tool-word">${escaped(word)}</span></span>`)
    .join('')}</div></div>
<ul class="row meta">${facts(incident)}</ul></header>
<section class="notices">${notices(incident)}</section>
<div class="columns"><div class="steps" aria-hidden="true"><ol>${stepIds.map((step) => link(incident, step, step === inWork)).join('')}</ol></div>
<main>${stepIds.map((step) => section(incident, step, step === inWork)).join('')}</main></div></div>`;
}

/** The words of the buttons in the head, for the room that they will take. */
function tools({ status }: Incident): readonly string[] {
  return [status.kind === 'resolved' ? t('Reopen') : t('Resolve…'), t('Switch…'), t('Postmortem'), t('New')];
}

/** How far the incident is, with room for what the editor knows and the clocks say. */
function facts(incident: Incident): string {
  const last = incident.runs.at(-1)?.endpoint;
  const room = (words: string): string => `<li class="to-come">${escaped(words)}</li>`;
  return [
    room(`${t('Since {0} ·', dayRoom(incident.startedAt))} 00 min 00 s`),
    `<li>${escaped(t('{0} of {1} steps', stepsSettled(incident), stepIds.length))}</li>`,
    room(`${last?.name ?? 'Anthropic'} · ${last?.model ?? 'claude-sonnet-0-0'} · ${t('ready')}`),
    ...(last === undefined
      ? []
      : [
          room(`${t('{0} tokens', '00.0k')}${t(', {0} % cached', 0)}`),
          room(t('What was sent ({0})', incident.runs.length)),
        ]),
  ].join('');
}

/** What the incident itself gives notice of. What the editor and the disk know comes with the views. */
function notices(incident: Incident): string {
  const demo = demoNotice(incident, false);
  return [
    demo === undefined ? '' : notice('warning', demo.what, demo.means),
    incident.status.kind === 'resolved'
      ? notice(
          'to-come',
          t('Resolved at {0}.', dayRoom(incident.status.at)),
          t('The record is kept, and the incident can be reopened.'),
        )
      : '',
  ].join('');
}

/** As wide as a time of day, with its date where that is not today's: what it says depends on the reader's clock. */
function dayRoom(at: number): string {
  return new Date(at).toDateString() === new Date().toDateString() ? '00:00' : '0000-00-00 00:00';
}

function notice(kind: 'warning' | 'to-come', what: string, means: string): string {
  return `<div class="notice ${kind}"><span class="codicon"></span>
<p class="grow"><strong>${escaped(what)}</strong> ${escaped(means)}</p></div>`;
}

function link(incident: Incident, step: StepId, inWork: boolean): string {
  const { number, title } = stepDefinition(step);
  const status = stepStatus(incident, step);
  return `<li><span class="step-link ${status}" aria-current="${inWork ? 'step' : 'false'}"><span class="codicon"></span>
<span class="step-number">${number}</span> <span class="step-name">${escaped(title)}</span>
<span class="step-word ${status}">${escaped(statusWords()[status])}</span></span></li>`;
}

function section(incident: Incident, step: StepId, inWork: boolean): string {
  const { number, title, purpose } = stepDefinition(step);
  const status = stepStatus(incident, step);
  const word = status === 'open' ? '' : escaped(statusWords()[status]);
  return `<section class="step ${status}" data-step="${step}"><div class="row step-head"><span class="box"></span>
<h2 class="grow"><span class="step-toggle">${number} ${escaped(title)}</span></h2><span class="row step-state">${word}</span></div>
<div class="step-body">${inWork ? `<p class="purpose">${escaped(purpose)}</p>` : ''}</div></section>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
