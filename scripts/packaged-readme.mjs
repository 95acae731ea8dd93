import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The README as it is packaged, without its pictures: VS Code shows those of an installed extension's README only from the
 * web (neither its own files nor what is in the text itself), and we have no address there yet. Broken ones tell nothing.
 *
 * @param {string} root the project's folder
 * @returns {Promise<string>}
 */
export async function packagedReadme(root) {
  const readme = await readFile(join(root, 'README.md'), 'utf8');
  return readme
    .split('\n\n')
    .filter((paragraph) => !/^!\[[^\]]*\]\(media\/[^)]+\)$/.test(paragraph))
    .join('\n\n');
}
