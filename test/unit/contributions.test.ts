import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { defaultMaxTokens } from '../../src/claude/endpoint.ts';
import { commands, panelType, settingsSection, viewContainer, views } from '../../src/contributions.ts';
import type { ContextKeys, Settings } from '../../src/contributions.ts';
import { usualWatchMinutes } from '../../src/model/watch.ts';
import { manifestInEnglish } from '../support/manifest.ts';
import { root } from '../support/sources.ts';

interface MenuItem {
  readonly command: string;
  readonly when?: string;
}
interface Setting {
  readonly default: unknown;
  readonly type: string;
  readonly scope?: string;
  readonly order?: number;
  readonly markdownDescription?: string;
}
interface SettingsSection {
  readonly title: string;
  readonly order: number;
  readonly properties: Readonly<Record<string, Setting>>;
}
interface Manifest {
  readonly main: string;
  readonly activationEvents: readonly string[];
  readonly dependencies?: object;
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly supported: string; readonly restrictedConfigurations: readonly string[] };
  };
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly category: string;
      readonly enablement?: string;
    }[];
    readonly viewsContainers: { readonly activitybar: readonly { readonly id: string; readonly icon: string }[] };
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly icon: string }[]>>;
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string; readonly when?: string }[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly configuration: readonly SettingsSection[];
  };
}

/** Every key once: a key that is added to the type and not here, or the other way round, does not compile. */
const contextKeys: Readonly<Record<keyof ContextKeys, true>> = {
  'incidentPanel.hasIncident': true,
  'incidentPanel.isResolved': true,
  'incidentPanel.isOpenElsewhere': true,
  'incidentPanel.fixMayBeApplied': true,
  'incidentPanel.isAnswering': true,
  'incidentPanel.hasMonitors': true,
};
const defaults: Settings = {
  model: '',
  maxOutputTokens: defaultMaxTokens,
  effort: '',
  endpoints: [],
  longestWait: 5,
  budget: 0,
  prices: [],
  contextWindows: {},
  testTimeLimit: 10,
  'redaction.personalData.email': true,
  'redaction.personalData.cards': true,
  'redaction.personalData.ip': false,
  'redaction.personalData.nationalIds': false,
  'redaction.personalData.phones': false,
  'redaction.rules': [],
  'redaction.allow': [],
  sourceMapFolders: [],
  'watch.minutes': usualWatchMinutes,
};

describe('contributions', () => {
  const manifest = manifestInEnglish() as Manifest;
  const { contributes } = manifest;
  const menuItems = Object.values(contributes.menus).flat();
  const declared: readonly string[] = Object.values(commands);
  const settings: Readonly<Record<string, Setting>> = Object.fromEntries(
    contributes.configuration.flatMap(({ properties }) => Object.entries(properties)),
  );

  it('declare the same commands as the manifest, each with a title in the category', () => {
    assert.deepEqual(contributes.commands.map(({ command }) => command).sort(), [...declared].sort());
    for (const { title, category, command } of contributes.commands) {
      assert.equal(category, 'Incident', command);
      assert.match(title, /^[A-Z]/, command);
    }
    for (const [name, id] of Object.entries(commands)) assert.equal(id, `incidentPanel.${name}`);
  });

  it('declare the same views, in their container, with icons that are there', () => {
    assert.deepEqual(
      contributes.viewsContainers.activitybar.map(({ id }) => id),
      [viewContainer],
    );
    const declaredViews = contributes.views[viewContainer] ?? [];
    assert.deepEqual(declaredViews.map(({ id }) => id).sort(), Object.values(views).sort());
    assert.deepEqual(Object.keys(contributes.views), [viewContainer]);
    for (const { icon } of [...declaredViews, ...contributes.viewsContainers.activitybar])
      assert.ok(existsSync(join(root, icon)), icon);
    assert.ok(manifest.activationEvents.includes(`onWebviewPanel:${panelType}`));
  });

  it('declare the same settings with the same defaults', () => {
    const properties = Object.entries(settings);
    assert.deepEqual(
      Object.fromEntries(properties.map(([key, { default: value }]) => [key, value])),
      Object.fromEntries(Object.entries(defaults).map(([key, value]) => [`${settingsSection}.${key}`, value])),
    );
  });

  it('have settings in sections, each with a description, a default, a scope, a place and an example', () => {
    const sections = contributes.configuration;
    assert.ok(sections.length >= 4);
    assert.deepEqual(
      sections.map(({ order }) => order),
      sections.map((_, index) => index + 1),
    );
    for (const { title, properties } of sections) {
      assert.match(title, /^[A-Z][a-z ]+$/);
      for (const [key, setting] of Object.entries(properties)) {
        assert.ok(setting.default !== undefined && setting.scope !== undefined && setting.order !== undefined, key);
        const { markdownDescription = '' } = setting;
        const [, example = ''] = /^[A-Z].*[.)]\n\nExample: `(.*)`$/s.exec(markdownDescription) ?? [];
        const [[name, value] = []] = Object.entries(JSON.parse(`{${example}}`) as Record<string, unknown>);
        assert.equal(name, key, markdownDescription);
        assert.equal(typeOf(value), setting.type === 'integer' ? 'number' : setting.type, key);
        assert.notDeepEqual(value, setting.default, `${key}: the example is the default`);
      }
    }
  });

  it('have settings that no repository can set, and one that only a trusted one can', () => {
    // Where a folder keeps its source maps is its own matter; it names places in stack traces, nothing is sent from it.
    const ofFolders = ['incidentPanel.sourceMapFolders'];
    for (const [key, { scope }] of Object.entries(settings)) {
      if (ofFolders.includes(key)) continue;
      assert.ok(scope === 'machine' || scope === 'application', `${key} has the scope ${scope ?? 'window'}`);
    }
    const { supported, restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    assert.equal(supported, 'limited');
    assert.deepEqual(restrictedConfigurations, ofFolders);
  });

  it('have redaction settings that a repository cannot set', () => {
    const redaction = Object.entries(settings).filter(([key]) => key.includes('.redaction.'));
    assert.equal(redaction.length, 7);
    for (const [key, { scope }] of redaction) assert.equal(scope, 'machine', key);
  });

  it('have menus and links that lead to commands which exist', () => {
    for (const { command } of menuItems) assert.ok(declared.includes(command), command);
    const links = contributes.viewsWelcome.flatMap(({ contents }) =>
      [...contents.matchAll(/\(command:([^)?]+)/g)].map(([, id = '']) => id),
    );
    assert.ok(links.length > 0);
    for (const link of links) assert.ok(declared.includes(link), link);
    const ids: readonly string[] = Object.values(views);
    for (const { view } of contributes.viewsWelcome) assert.ok(ids.includes(view), view);
  });

  it('use context keys and views in conditions that exist', () => {
    const conditions = [
      ...menuItems.map(({ when }) => when),
      ...contributes.viewsWelcome.map(({ when }) => when),
      ...contributes.commands.map(({ enablement }) => enablement),
    ].filter((condition) => condition !== undefined);
    const known = new Set<string>([...Object.keys(contextKeys), ...Object.values(views)]);
    const used = conditions.flatMap((condition) => condition.match(/incidentPanel\.\w+/g) ?? []);
    for (const key of used) assert.ok(known.has(key), key);
    for (const key of Object.keys(contextKeys)) assert.ok(used.includes(key), `${key} is set and never used`);
  });

  it('hide from the palette what needs an item to work on', () => {
    const hidden = (contributes.menus['commandPalette'] ?? [])
      .filter(({ when }) => when === 'false')
      .map(({ command }) => command);
    const onItems = (contributes.menus['view/item/context'] ?? []).map(({ command }) => command);
    for (const command of [...onItems, commands.revealStep]) assert.ok(hidden.includes(command), command);
    for (const command of [commands.openPanel, commands.startIncident, commands.addSuspect, commands.setApiKey])
      assert.ok(!hidden.includes(command));
  });

  it('ship as a bundle, with nothing to install at run time', () => {
    assert.equal(manifest.dependencies, undefined);
    assert.match(manifest.main, /^\.\/dist\//);
  });
});

function typeOf(value: unknown): string {
  return Array.isArray(value) ? 'array' : typeof value;
}
