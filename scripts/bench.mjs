import { runOnCurrentNode } from './bootstrap.mjs';

await runOnCurrentNode('bench.ts', process.argv.slice(2));
