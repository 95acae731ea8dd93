/** Why an endpoint cannot be used, to go on after a colon. */
export const badEndpoint = {
  notAUrl: 'it is not a URL',
  notHttps: 'only https is allowed, and http on this machine',
  hasCredentials: 'it holds a user name or password',
  hasQuery: 'it holds a query or a fragment',
  sameName: 'another endpoint before it has the same name',
} as const;

/** Where the way to an endpoint ended, to go on after a colon. */
export const hops = {
  dns: 'its name was not found',
  refused: 'the connection was refused',
  tls: 'its certificate was not accepted',
  proxy: 'the proxy did not let it through',
  redirect: 'it redirects to another address',
  network: 'the network failed',
  timeout: 'it did not answer in time',
} as const;

/** What a server does not take (see `src/claude/parameters.ts`), to go on after `does not take`. */
export function parameterInWords(parameter: string): string {
  switch (parameter) {
    case 'tools':
      return 'tools, so its replies are text only and nothing is recorded from them';
    case 'cacheMarkers':
      return 'cache markers';
    case 'effort':
      return 'an effort setting';
    case 'systemBlocks':
      return 'the system text as blocks';
    default:
      return parameter;
  }
}
