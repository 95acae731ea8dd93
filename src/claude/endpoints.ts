import type { Endpoint } from '../model/claude.ts';
import type { Failure } from '../model/failure.ts';
import { anthropicUrl, parseEndpoint } from './endpoint.ts';

/** What holds for all endpoints, and what the environment says of the first one. */
export interface EndpointDefaults {
  /** Instead of Anthropic's own address. */
  readonly baseUrl?: string | undefined;
  readonly model?: string | undefined;
  readonly maxTokens?: number | undefined;
  readonly effort?: string | undefined;
  readonly demo?: boolean | undefined;
  /** The environment variable of Anthropic's key. */
  readonly keyVariable: string;
}

export interface ParsedEndpoints {
  /** In the order in which they are asked. */
  readonly endpoints: readonly Endpoint[];
  /** Why entries of the list are not among them. */
  readonly failures: readonly Failure[];
}

/** Entries beyond these are not looked at. */
const mostEndpoints = 20;

/**
 * The endpoints of the setting, in their order; Anthropic alone where it is empty. The first entry at Anthropic's address
 * is the one that the environment may move elsewhere; every other one was added by the user, and stands for itself: it
 * gets neither the key of the environment nor the model of the settings. A bad entry costs that entry only.
 */
export function parseEndpoints(list: unknown, defaults: EndpointDefaults): ParsedEndpoints {
  const entries = Array.isArray(list) ? list.slice(0, mostEndpoints).map(entryOf) : [];
  const given = entries.length === 0 ? [{}] : entries;
  const first = given.findIndex((entry) => entry !== undefined && isAnthropic(entry.baseUrl));
  const endpoints: Endpoint[] = [];
  const failures: Failure[] = [];
  given.forEach((entry, index) => {
    const parsed =
      entry === undefined
        ? parseEndpoint({ baseUrl: 'not an object' })
        : index === first
          ? parseEndpoint({
              ...defaults,
              name: defaults.baseUrl === undefined ? entry.name : undefined,
              ...ownOf(entry),
            })
          : parseEndpoint({
              ...entry,
              baseUrl: entry.baseUrl ?? '(no baseUrl)',
              maxTokens: defaults.maxTokens,
              effort: defaults.effort,
              added: true,
            });
    if (!parsed.ok) failures.push(parsed.failure);
    else if (endpoints.some(({ name }) => name === parsed.value.name))
      failures.push({ kind: 'badEndpoint', url: parsed.value.name, reason: 'sameName' });
    else endpoints.push(parsed.value);
  });
  return { endpoints, failures };
}

interface Entry {
  readonly name?: string;
  readonly baseUrl?: string;
  readonly model?: string;
  readonly keyVariable?: string;
}

/** An entry's texts; what is of another type counts as absent. */
function entryOf(value: unknown): Entry | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const texts = Object.entries(value).flatMap(([key, text]): [string, string][] =>
    ['name', 'baseUrl', 'model', 'keyVariable'].includes(key) && typeof text === 'string' && text.trim() !== ''
      ? [[key, text.trim()]]
      : [],
  );
  return Object.fromEntries(texts);
}

function ownOf({ model, keyVariable }: Entry): Entry {
  return { ...(model === undefined ? {} : { model }), ...(keyVariable === undefined ? {} : { keyVariable }) };
}

function isAnthropic(baseUrl: string | undefined): boolean {
  return baseUrl === undefined || (URL.canParse(baseUrl) && new URL(baseUrl).origin === anthropicUrl);
}
