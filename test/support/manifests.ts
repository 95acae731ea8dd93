import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './sources.ts';

/** The extension's manifest under another name, for an editor that is not to activate it at its start. */
export async function manifestFor(name: string): Promise<string> {
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
  return JSON.stringify({ ...manifest, name, activationEvents: [] });
}
