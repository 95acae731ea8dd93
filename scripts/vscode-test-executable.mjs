#!/usr/bin/env node
// What @vscode/test-electron starts in place of a desktop VS Code; it may be found on the PATH's Node, whatever that is.
import { runOnCurrentNode } from './bootstrap.mjs';

await runOnCurrentNode('vscode-test-executable.ts', process.argv.slice(2));
