import { runOnCurrentNode } from './bootstrap.mjs';

await runOnCurrentNode('package.ts', process.argv.slice(2));
