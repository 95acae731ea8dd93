import { projectFolder } from '../../scripts/bootstrap.mjs';

/** Names the environment variable with the folder of the installed VSIX. */
export const installedVariable = 'INCIDENT_PANEL_INSTALLED';

/** The extension that a workbench has: the installed VSIX where there is one, otherwise the project, built. */
export function installedFolder(): string {
  return process.env[installedVariable] ?? projectFolder;
}
