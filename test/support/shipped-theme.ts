import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { installVsCode } from '../../scripts/vscode-install.ts';

interface ThemesManifest {
  readonly contributes: {
    readonly themes: readonly { readonly id: string; readonly label: string; readonly path: string }[];
  };
}

/** How a colour theme shows in the workbench. */
export interface ShippedTheme {
  /** its name in the theme picker */
  readonly label: string;
  /** the end of the class that the workbench's element bears while it is on */
  readonly className: string;
}

/**
 * A colour theme that VS Code ships.
 * @param id as the setting `workbench.colorTheme` names it
 * @throws with the ids there are, when VS Code does not ship it
 */
export async function shippedTheme(id: string): Promise<ShippedTheme> {
  const folder = join((await installVsCode()).folder, 'extensions', 'theme-defaults');
  const { themes } = ((await json(join(folder, 'package.json'))) as ThemesManifest).contributes;
  const theme = themes.find((each) => each.id === id);
  if (theme === undefined) throw new Error(`No theme "${id}"; there are ${themes.map((each) => each.id).join(', ')}.`);
  // The manifest holds a key in per cent signs; the words lie beside it.
  const words = (await json(join(folder, 'package.nls.json'))) as Readonly<Record<string, string>>;
  const label = words[theme.label.replaceAll('%', '')] ?? theme.label;
  return { label, className: `-themes-${basename(theme.path).replace(/[^\w-]/g, '-')}` };
}

async function json(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, 'utf8'));
}
