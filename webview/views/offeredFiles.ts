import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { t } from '../../src/model/l10n.ts';
import type { Orientation } from '../../src/model/records.ts';
import { isEnvironmentValuesFile } from '../../src/model/suspect.ts';
import type { OfferedFile } from '../../src/protocol.ts';
import { checkBox } from './checkBox.ts';
import type { PanelContext } from './context.ts';
import { fileLink } from './links.ts';

type AskedFor = Orientation['filesToCheck'][number];

/** Files to take with one tick: those that Claude asked to see, then the open editors that are not among them. */
export function offeredFiles(context: PanelContext, askedFor: readonly AskedFor[], room: number): TemplateResult {
  const editors = context.surroundings.openEditors.filter(
    ({ path }) => !isEnvironmentValuesFile(path) && !askedFor.some((file) => samePath(file.path, path)),
  );
  return html`${
    askedFor.length === 0
      ? nothing
      : html`<h3 class="list-title">${t('Claude asked to see')}</h3>
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
    ${tick}<span class="grow cut mono" title=${file.path}><bdi>${file.path}</bdi></span>
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
