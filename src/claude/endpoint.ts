import { efforts } from '../model/claude.ts';
import type { Effort, Endpoint } from '../model/claude.ts';
import { fail, succeed } from '../model/failure.ts';
import type { Result } from '../model/failure.ts';
import { asLabel } from '../model/label.ts';

/** Where Claude is, unless configured otherwise. */
export const anthropicUrl = 'https://api.anthropic.com';

/** The newest Sonnet that the installed SDK names in its `Model` type. */
export const defaultModel = 'claude-sonnet-5-5';

/** What the demo server calls its model. */
export const demoModel = 'demo-replies';

/** Output limit of one reply, in tokens: ample for a fix with its test, small enough for every current model. */
export const defaultMaxTokens = 16_000;

/**
 * Who answers in an incident of the built-in demo: nobody that could be reached. Its address has a scheme that nothing
 * fetches, so that it can be sent to by no mistake.
 */
export const recordedReplies: Endpoint = {
  name: 'Demo replies',
  baseUrl: new URL('incident-demo://no-network'),
  model: demoModel,
  maxTokens: defaultMaxTokens,
  demo: true,
};

export interface EndpointSettings {
  readonly baseUrl?: string | undefined;
  readonly model?: string | undefined;
  readonly maxTokens?: number | undefined;
  readonly demo?: boolean | undefined;
  /** How the user calls it; by its host where that is empty. */
  readonly name?: string | undefined;
  readonly effort?: string | undefined;
  readonly keyVariable?: string | undefined;
  readonly added?: boolean | undefined;
}

/** Longest name of an endpoint: it stands in badges and lists. */
const longestName = 60;

/**
 * Checks an endpoint before anything is sent to it: an address on this machine may be plain http, any other must be
 * https, and none may carry a user name, a password or a query, which would end up in logs.
 */
export function parseEndpoint(settings: EndpointSettings): Result<Endpoint> {
  const written = settings.baseUrl?.trim() ?? '';
  const text = written === '' ? anthropicUrl : written;
  let baseUrl: URL;
  try {
    baseUrl = new URL(text);
  } catch {
    return fail({ kind: 'badEndpoint', url: withoutCredentials(text), reason: 'notAUrl' });
  }
  // Its origin and path: what else was written may hold a secret, and failures are shown and recorded.
  const url = `${baseUrl.protocol}//${baseUrl.host}${baseUrl.pathname}`;
  if (baseUrl.username !== '' || baseUrl.password !== '') {
    return fail({ kind: 'badEndpoint', url, reason: 'hasCredentials' });
  }
  if (baseUrl.search !== '' || baseUrl.hash !== '') return fail({ kind: 'badEndpoint', url, reason: 'hasQuery' });
  if (baseUrl.protocol !== 'https:' && !(baseUrl.protocol === 'http:' && isLoopback(baseUrl.hostname))) {
    return fail({ kind: 'badEndpoint', url, reason: 'notHttps' });
  }
  const { effort, keyVariable } = settings;
  return succeed({
    name: settings.demo === true ? 'Demo replies' : nameOf(baseUrl, settings.name),
    baseUrl,
    model: modelOf(settings),
    maxTokens: isCount(settings.maxTokens) ? settings.maxTokens : defaultMaxTokens,
    demo: settings.demo === true,
    ...(isEffort(effort) ? { effort } : {}),
    ...(keyVariable === undefined || !isVariableName(keyVariable) ? {} : { keyVariable }),
    ...(settings.added === true ? { added: true } : {}),
  });
}

/** Canned replies come from no model, and the record must not say that they do. */
function modelOf({ model, demo }: EndpointSettings): string {
  if (demo === true) return demoModel;
  const chosen = model?.trim() ?? '';
  return chosen === '' ? defaultModel : chosen;
}

function nameOf(baseUrl: URL, name = ''): string {
  const written = asLabel(name, longestName);
  if (written !== '') return written;
  return baseUrl.origin === anthropicUrl ? 'Anthropic' : baseUrl.host;
}

/** RFC 6761 and RFC 5735/4291: `localhost` and its subdomains, 127.0.0.0/8, ::1. */
function isLoopback(hostname: string): boolean {
  return /^(localhost|[^.]+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/i.test(hostname);
}

export function isEffort(value: unknown): value is Effort {
  return efforts.some((effort) => effort === value);
}

/** A name that the environment of a process can hold. */
function isVariableName(value: string): boolean {
  return /^[A-Za-z_]\w{0,199}$/.test(value);
}

function isCount(value: number | undefined): value is number {
  return value !== undefined && Number.isSafeInteger(value) && value > 0;
}

/** For what could not be parsed: all before the last `@` and after the first `?` or `#` may be secret. */
function withoutCredentials(url: string): string {
  return url
    .replace(/^[^]*@/, '…@')
    .replace(/[?#][^]*$/, '…')
    .slice(0, 200);
}
