import { t } from './l10n.ts';
/** Why an endpoint cannot be used, to go on after a colon. */
export const badEndpoint = () =>
  ({
    notAUrl: t('it is not a URL'),
    notHttps: t('only https is allowed, and http on this machine'),
    hasCredentials: t('it holds a user name or password'),
    hasQuery: t('it holds a query or a fragment'),
    sameName: t('another endpoint before it has the same name'),
  }) as const;

/** Where the way to an endpoint ended, to go on after a colon. */
export const hops = () =>
  ({
    dns: t('its name was not found'),
    refused: t('the connection was refused'),
    tls: t('its certificate was not accepted'),
    proxy: t('the proxy did not let it through'),
    redirect: t('it redirects to another address'),
    network: t('the network failed'),
    timeout: t('it did not answer in time'),
    stranger: t('something else answered in its place'),
  }) as const;

/** What to do about it, as a sentence; local work goes on in every case. */
export const hopHelp = () =>
  ({
    dns: t('Check its address, the network and, behind a proxy, the setting http.proxy.'),
    refused: t('Check that it runs, and its address.'),
    tls: t(
      'If your network checks encrypted traffic, have this machine trust its certificate authority, or name its file in NODE_EXTRA_CA_CERTS where the editor starts. The setting http.proxyStrictSSL is not followed, since your key would go to whoever holds the line.',
    ),
    proxy: t('Check http.proxy and http.noProxy in the settings, or HTTPS_PROXY and NO_PROXY where the editor starts.'),
    proxyPassword: t(
      'The proxy wants a user name and password: put them into http.proxy (http://user:password@host:port), or sign in to it.',
    ),
    redirect: t('Use the address that it redirects to, if you know it; your key is not sent there by itself.'),
    network: t('Check the network and ask again.'),
    timeout: t('Check the network, the proxy and its address, and ask again.'),
    stranger: t(
      'Check its address. The login page of a network or of a gateway may stand before it: open it in a browser.',
    ),
  }) as const;

/** What a server does not take (see `src/claude/parameters.ts`), to go on after `does not take`. */
export function parameterInWords(parameter: string): string {
  switch (parameter) {
    case 'tools':
      return t('tools, so its replies are text only and nothing is recorded from them');
    case 'cacheMarkers':
      return t('cache markers');
    case 'effort':
      return t('an effort setting');
    case 'systemBlocks':
      return t('the system text as blocks');
    default:
      return parameter;
  }
}
