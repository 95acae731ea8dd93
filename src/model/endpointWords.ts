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
  stranger: 'something else answered in its place',
} as const;

/** What to do about it, as a sentence; local work goes on in every case. */
export const hopHelp = {
  dns: 'Check its address, the network and, behind a proxy, the setting http.proxy.',
  refused: 'Check that it runs, and its address.',
  tls: 'If your network checks encrypted traffic, have this machine trust its certificate authority, or name its file in NODE_EXTRA_CA_CERTS where the editor starts. The setting http.proxyStrictSSL is not followed, since your key would go to whoever holds the line.',
  proxy: 'Check http.proxy and http.noProxy in the settings, or HTTPS_PROXY and NO_PROXY where the editor starts.',
  proxyPassword:
    'The proxy wants a user name and password: put them into http.proxy (http://user:password@host:port), or sign in to it.',
  redirect: 'Use the address that it redirects to, if you know it; your key is not sent there by itself.',
  network: 'Check the network and ask again.',
  timeout: 'Check the network, the proxy and its address, and ask again.',
  stranger: 'Check its address. The login page of a network or of a gateway may stand before it: open it in a browser.',
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

/** The id of a request, to go on after what is in brackets already. */
export function request(id: string | undefined): string {
  return id === undefined ? '' : `, request ${id}`;
}

/** The same on its own. */
export function inBrackets(id: string | undefined): string {
  return id === undefined ? '' : ` (request ${id})`;
}
