import { projectFolder } from './bootstrap.mjs';
import { runTool } from './stages.ts';
import { vsceArguments } from './vsix.ts';

// `npm run package`: makes the VSIX.
process.chdir(projectFolder);
process.exitCode = await runTool([...vsceArguments, ...process.argv.slice(2)], new AbortController().signal);
