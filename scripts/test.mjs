import { runOnCurrentNode } from './bootstrap.mjs';

await runOnCurrentNode('test.ts', process.argv.slice(2));
