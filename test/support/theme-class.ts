import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { installVsCode } from '../../scripts/vscode-install.ts';

interface ThemesManifest {
  readonly contributes: { readonly themes: readonly { readonly id: string; readonly path: string }[] };
}

/**
 * The end of the class that the workbench's element bears while a colour theme is on.
 * @param id as the setting `workbench.colorTheme` names it
 * @throws with the ids there are, when VS Code does not ship it
 */
export async function themeClass(id: string): Promise<string> {
  const { folder } = await installVsCode();
  const file = join(folder, 'extensions', 'theme-defaults', 'package.json');
  const { themes } = (JSON.parse(await readFile(file, 'utf8')) as ThemesManifest).contributes;
  const theme = themes.find((each) => each.id === id);
  if (theme === undefined) throw new Error(`No theme "${id}"; there are ${themes.map((each) => each.id).join(', ')}.`);
  return `-themes-${basename(theme.path).replace(/[^\w-]/g, '-')}`;
}
