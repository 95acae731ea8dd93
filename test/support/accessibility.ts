import type { AxeResults } from 'axe-core';
import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import type { Frame, Page } from 'playwright-core';

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

interface Axe {
  run(place: Document | string): Promise<AxeResults>;
}

/** What axe-core finds wrong in a page or in a frame of one, each with the places; empty when nothing is. */
export async function accessibilityViolations(place: Page | Frame, within?: string): Promise<readonly string[]> {
  if (!(await place.evaluate(() => 'axe' in globalThis))) await place.evaluate(await readFile(axePath, 'utf8'));
  const results = await place.evaluate(async (selector): Promise<AxeResults> => {
    const { axe } = globalThis as unknown as typeof globalThis & { readonly axe: Axe };
    return axe.run(selector === undefined ? document : selector);
  }, within);
  if (results.passes.length === 0) throw new Error('axe-core has looked at nothing.');
  return results.violations.map(({ id, impact, help, nodes }) => {
    const places = nodes.map(({ html, any }) => `${html.slice(0, 160)} ${any.map(({ message }) => message).join(' ')}`);
    return `${id} (${impact ?? 'unknown'}): ${help}\n  ${places.join('\n  ')}`;
  });
}
