import { runOnCurrentNode } from './bootstrap.mjs';

await runOnCurrentNode('run-host-tests.ts', ['--desktop', ...process.argv.slice(2)]);
