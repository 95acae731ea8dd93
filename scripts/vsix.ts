import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from './bootstrap.mjs';
import { tool } from './stages.ts';

const manifest: unknown = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8'));

/**
 * What makes the VSIX: everything the extension needs is in its bundles, so no dependency goes along. Its README is the one
 * of the build, without pictures: once the manifest names a repository, pictures and links lead there.
 */
export const vsceArguments: readonly string[] = [
  tool('@vscode/vsce/vsce'),
  'package',
  '--no-dependencies',
  ...(typeof manifest === 'object' && manifest !== null && 'repository' in manifest
    ? []
    : ['--allow-missing-repository', '--no-rewrite-relative-links', '--readme-path', 'dist/README.md']),
];
