import { projectFolder } from './bootstrap.mjs';
import { runTool, tool } from './stages.ts';

// `npm run package`: makes the VSIX. Everything the extension needs is in its bundles, so no dependency goes along.
const arguments_ = [
  tool('@vscode/vsce/vsce'),
  'package',
  '--no-dependencies',
  '--allow-missing-repository',
  '--no-rewrite-relative-links',
  ...process.argv.slice(2),
];
process.chdir(projectFolder);
process.exitCode = await runTool(arguments_, new AbortController().signal);
