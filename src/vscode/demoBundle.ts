import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { recordedReplies } from '../claude/endpoint.ts';
import type * as Demo from '../demo/demo.ts';
import type { InvestigationWorld } from '../investigation/world.ts';
import { errorMessage, fail, succeed } from '../model/failure.ts';
import type { Result } from '../model/failure.ts';
import { t } from '../model/l10n.ts';

/** What the bundle of the demo exports. */
export type DemoBundle = typeof Demo;

/** Loads the demo, which is a bundle of its own: nobody who works on an incident pays for it. */
export async function loadDemo(extensionPath: string): Promise<Result<DemoBundle>> {
  try {
    const url = pathToFileURL(join(extensionPath, 'dist', 'demo', 'demo.mjs'));
    const loaded: unknown = await import(url.href);
    if (isDemoBundle(loaded)) return succeed(loaded);
    return fail({ kind: 'unexpected', detail: t('the demo that was installed is another one') });
  } catch (error) {
    return fail({ kind: 'unexpected', detail: t('the demo could not be loaded: {0}', errorMessage(error)) });
  }
}

/**
 * The world of a demo incident: recorded replies answer, nobody else may take over, and no key is asked for or read.
 * Empty for any other incident.
 */
export function demoWorld(
  extensionPath: string,
  demo: string | undefined,
): Partial<Pick<InvestigationWorld, 'endpoint' | 'fallbacks' | 'key' | 'health' | 'reply'>> {
  if (demo === undefined) return {};
  return {
    endpoint: () => succeed(recordedReplies),
    fallbacks: () => [],
    key: () => Promise.resolve('none'),
    async *reply({ prompt, signal }) {
      const loaded = await loadDemo(extensionPath);
      if (!loaded.ok) yield { type: 'failed', failure: loaded.failure };
      else if (!loaded.value.demos.some(({ name }) => name === demo))
        yield {
          type: 'failed',
          failure: { kind: 'unexpected', detail: t('this version has no demo called {0}', demo) },
        };
      else yield* loaded.value.demoReply(demo, { prompt, signal });
    },
  };
}

function isDemoBundle(value: unknown): value is DemoBundle {
  return typeof value === 'object' && value !== null && 'demos' in value && 'makeDemo' in value && 'demoReply' in value;
}
