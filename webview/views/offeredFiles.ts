import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { t } from '../../src/model/l10n.ts';
import type { Orientation } from '../../src/model/records.ts';
import { isEnvironmentValuesFile } from '../../src/model/suspect.ts';
import type { OfferedFile } from '../../src/protocol.ts';
import { shownPath } from '../shownNames.ts';
import { checkBox } from './checkBox.ts';
import type { PanelContext } from './context.ts';
import { icon } from './icon.ts';
import { fileLink } from './links.ts';

type AskedFor = Orientation['filesToCheck'][number];

/**
 * Files to take with one tick: those that Claude asked to see, then the open editors that are not among them. `isNext`
 * makes it the next thing to do to take what Claude asked for.
 */
export function offeredFiles(
  context: PanelContext,
  askedFor: readonly AskedFor[],
  room: number,
  isNext: boolean,
): TemplateResult {
  const editors = context.surroundings.openEditors.filter(
    ({ path }) => !isEnvironmentValuesFile(path) && !askedFor.some((file) => samePath(file.path, path)),
  );
  return html`${
    askedFor.length === 0
      ? nothing
      : html`<div class="row list-head">
            <h3 class="list-title grow">${t('Claude asked to see')}</h3>
            ${acceptButton(context, askedFor, room, isNext)}
          </div>
          <ul class="list">
            ${askedFor.map((file) => askedForRow(context, file, room))}
          </ul>`
  }
  ${
    editors.length === 0
      ? nothing
      : html`<h3 class="list-title">${t('Open editors')}</h3>
          <ul class="list">
            ${editors.map((file) => editorRow(context, file, room))}
          </ul>`
  }`;
}

/** Takes as many of the files that Claude asked for as there is room for, one after the other. */
function acceptButton(
  context: PanelContext,
  askedFor: readonly AskedFor[],
  room: number,
  isNext: boolean,
): TemplateResult | typeof nothing {
  const { incident, actions } = context;
  const left = askedFor.filter(({ path }) => !incident.suspects.some((suspect) => samePath(suspect.path, path)));
  // One is taken by its box, and among more than there is room for one chooses, unless this is what comes next.
  if (left.length === 0 || (!isNext && (left.length === 1 || left.length > room))) return nothing;
  const taken = left.slice(0, room);
  const label =
    taken.length < left.length
      ? t('Accept the first {0}', taken.length)
      : taken.length === 1
        ? t('Accept')
        : t('Accept all');
  const accept = async (): Promise<void> => {
    for (const { path } of taken) if (!(await actions.send('suspects', { type: 'addSuspect', path }))) return;
  };
  return html`<button
    type="button"
    class="plain-button ${isNext ? 'primary' : ''}"
    aria-label=${`${label}: ${taken.map(({ path }) => path).join(', ')}`}
    @click=${accept}
  >
    ${icon(taken.length === 1 ? 'check' : 'check-all')} ${label}
  </button>`;
}

function askedForRow(context: PanelContext, file: AskedFor, room: number): TemplateResult {
  const { incident, actions } = context;
  const suspect = incident.suspects.find(({ path }) => samePath(path, file.path));
  const tick = tickBox(file.path, suspect !== undefined, room, (wanted) =>
    wanted
      ? void actions.send('suspects', { type: 'addSuspect', path: file.path })
      : suspect && void actions.send('suspects', { type: 'removeSuspect', uri: suspect.uri }),
  );
  return html`<li class="row">
    ${tick}
    <div class="grow">
      ${fileLink(context, 'suspects', file.path, file.line)} <span class="dim"><bdi>${file.reason}</bdi></span>
    </div>
  </li>`;
}

function editorRow(context: PanelContext, file: OfferedFile, room: number): TemplateResult {
  const { incident, actions } = context;
  const isSuspect = incident.suspects.some(({ uri }) => uri === file.uri);
  const tick = tickBox(file.path, isSuspect, room, (wanted) => {
    void actions.send('suspects', { type: wanted ? 'addSuspect' : 'removeSuspect', uri: file.uri });
  });
  return html`<li class="row">
    ${tick}<span class="grow cut mono" title=${file.path}><bdi>${shownPath(file.path)}</bdi></span>
  </li>`;
}

function tickBox(path: string, ticked: boolean, room: number, onTick: (wanted: boolean) => void): TemplateResult {
  return checkBox({ label: t('{0} is a suspect', path), checked: ticked, disabled: !ticked && room === 0, onTick });
}

/** Whether two spellings name the same file, one of them perhaps from further up or with backslashes. */
export function samePath(one: string, other: string): boolean {
  const [a, b] = [normal(one), normal(other)];
  return a === b || a.endsWith(`/${b}`) || b.endsWith(`/${a}`);
}

function normal(path: string): string {
  return path.replaceAll('\\', '/').replace(/^\.\//, '');
}
