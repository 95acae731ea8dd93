import { tool } from './stages.ts';

/** What makes the VSIX: everything the extension needs is in its bundles, so no dependency goes along. */
export const vsceArguments: readonly string[] = [
  tool('@vscode/vsce/vsce'),
  'package',
  '--no-dependencies',
  '--allow-missing-repository',
  '--no-rewrite-relative-links',
];
