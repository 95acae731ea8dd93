import { runOnCurrentNode } from './bootstrap.mjs';

await runOnCurrentNode('../test/support/takeScreenshots.ts', process.argv.slice(2));
