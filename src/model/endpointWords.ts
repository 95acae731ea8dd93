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
