import { html, render } from 'lit-html';
import { activeRun } from '../src/model/incident.ts';
import { t, useTexts } from '../src/model/l10n.ts';
import type { ToPanel } from '../src/protocol.ts';
import { Actions } from './actions.ts';
import { Announcer } from './announcer.ts';
import { startClocks } from './clocks.ts';
import { defineComponents } from './components.ts';
import { FocusKeeper } from './focusKeeper.ts';
import { following } from './follow.ts';
import { HeldPlace } from './heldPlace.ts';
import { InSight } from './inSight.ts';
import { ReplyTexts } from './replies.ts';
import { replyTextFactory } from './replyText.ts';
import { revealErrorBox, revealStep } from './reveal.ts';
import { pageTexts } from './texts.ts';
import { isToPanel, PanelState } from './state.ts';
import type { Change } from './state.ts';
import { acquireEditor, IntentPort } from './vscodeApi.ts';
import { panelView } from './views/panel.ts';
import { ViewState } from './viewState.ts';

useTexts(pageTexts());
defineComponents();

const page = document.body;
const root = document.createElement('div');
root.className = 'panel';
const announcements = document.createElement('div');
announcements.className = 'announcements';
announcements.setAttribute('role', 'log');
announcements.setAttribute('aria-live', 'polite');
announcements.setAttribute('aria-label', t('Progress'));
page.append(root, announcements);

/** What the host put into the page to be seen until now (`src/vscode/firstPicture.ts`). */
const firstPicture = document.querySelector('#first-picture');
const editor = acquireEditor();
const port = new IntentPort(editor);
const view = new ViewState(
  editor,
  () => schedule('all'),
  (incidentId, drafts) => void port.send({ type: 'keepDrafts', incidentId, drafts: [...drafts] }),
);
const actions = new Actions(port, () => schedule('all'));
const focus = new FocusKeeper(root);
const place = new HeldPlace(root);
const inSight = new InSight(root);
const replies = new ReplyTexts(replyTextFactory(actions));
const announcer = new Announcer(announcements);
const state = new PanelState(sayReady);
const clocks = startClocks(root);

/** During a watch, what is due changes by itself. */
const watchMs = 10_000;
setInterval(() => {
  const watch = state.incident?.watch;
  if (watch !== undefined && watch.endedAt === undefined) schedule('all');
}, watchMs);

let due: Change = 'nothing';
let afterRender: (() => void)[] = [];

function sayReady(): void {
  void port.send({ type: 'ready' });
}

/** At most one render for each frame, however much arrives in it. */
function schedule(change: Change): void {
  if (change === 'nothing') return;
  if (due === 'nothing') requestAnimationFrame(update);
  due = change === 'all' ? 'all' : due === 'all' ? 'all' : 'replyText';
}

function update(): void {
  const change = due;
  due = 'nothing';
  const { incident, surroundings, traces } = state;
  if (incident === undefined || surroundings === undefined) {
    if (firstPicture !== null) return;
    render(
      html`<main class="loading" aria-busy="true">
        <h1>${t('Incident')}</h1>
        <p>${t('Loading the incident…')}</p>
      </main>`,
      root,
    );
    return;
  }
  firstPicture?.remove();
  following(root.querySelector('[data-reply-end]'), () => {
    replies.update(incident);
    if (change === 'all') {
      const context = { incident, surroundings, traces, view, actions, replies, now: Date.now() };
      focus.during(() => render(panelView(context), root));
      inSight.rendered();
      clocks.tick();
    }
  });
  announcer.follow(incident, Date.now());
  const waiting = afterRender;
  afterRender = [];
  for (const action of waiting) action();
}

function receive(message: ToPanel): void {
  switch (message.type) {
    case 'answer':
      port.answered(message.intentId, message.failure);
      break;
    case 'reveal':
      reveal(message.target);
      break;
    case 'hydrate':
      hydrate(message);
      break;
    case 'events':
    case 'surroundings':
    case 'traces':
      schedule(state.receive(message));
      break;
  }
}

function reveal(target: Extract<ToPanel, { type: 'reveal' }>['target']): void {
  afterRender.push(() => {
    if (target === 'errorBox') revealErrorBox(view);
    else revealStep(view, target.step);
  });
  schedule('all');
}

function hydrate(message: Extract<ToPanel, { type: 'hydrate' }>): void {
  const first = state.incident === undefined;
  const other = state.incident?.id !== message.incident.id;
  state.receive(message);
  replies.clear();
  const kept = view.belongTo(message.incident.id, message.drafts);
  if (other) {
    place.forget();
    if (!first) actions.reset();
    announcer.start(message.incident, Date.now());
    const top = kept && activeRun(message.incident) === undefined ? view.scrollTop : 0;
    afterRender.push(() => window.scrollTo({ top, behavior: 'instant' }));
  }
  schedule('all');
}

window.addEventListener('message', (event: MessageEvent<unknown>) => {
  if (isToPanel(event.data)) receive(event.data);
});
window.addEventListener('scroll', () => (view.scrollTop = window.scrollY), { passive: true });
window.addEventListener('pagehide', () => view.keep());
document.addEventListener('visibilitychange', () => view.keep());

schedule('all');
sayReady();
