import { runOnCurrentNode } from './bootstrap.mjs';

await runOnCurrentNode('start.ts', process.argv.slice(2));
