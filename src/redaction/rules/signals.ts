import type { PrefixRow, Rule } from './rule.ts';

/** Payment, chat, mail and monitoring, as their makers describe their tokens: the rows that `services.ts` has no room for. */
export const signalRows: readonly PrefixRow[] = [
  { id: 'polar-token', name: 'Polar tokens', prefixes: ['polar_oat_', 'polar_pat_', 'polar_cst_'], body: 'w', least: 30 },
  { id: 'checkout-key', name: 'Checkout.com keys', prefixes: ['sk_sbox_', 'sk_'], body: 'a', least: 26, mixed: true },
  { id: 'cashfree-key', name: 'Cashfree keys', prefixes: ['cfsk_ma_'], body: 'w', least: 30 },
  { id: 'midtrans-key', name: 'Midtrans keys', prefixes: ['Mid-server-', 'SB-Mid-server-'], body: 'w', least: 20 },
  { id: 'mercadopago-token', name: 'Mercado Pago test tokens', prefixes: ['TEST-'], body: 'w', least: 60, mixed: true },
  { id: 'shopify-token', name: 'Shopify tokens of other kinds', prefixes: ['shptka_', 'shpua_', 'shpit_', 'shpctok_'], body: 'x', least: 32 },
  { id: 'braintree-key', name: 'Braintree tokenization keys', prefixes: ['sandbox_', 'production_'], body: 'w', least: 24, mixed: true },
  { id: 'slack-token', name: 'Slack workflow tokens', prefixes: ['xwfp-', 'xoxf-', 'xoxm-'], body: 'w', least: 30 },
  { id: 'matrix-token', name: 'Matrix tokens', prefixes: ['syt_', 'mct_', 'mcr_'], body: 'w', least: 30 },
  { id: 'mandrill-key', name: 'Mandrill keys', prefixes: ['md-'], body: 'w', least: 22, mixed: true },
  { id: 'ntfy-token', name: 'ntfy tokens', prefixes: ['tk_'], body: 'a', least: 28, mixed: true },
  {
    id: 'meta-token',
    name: 'Meta tokens of other kinds',
    prefixes: ['EAAJ', 'EAAN', 'EAAH', 'EAAI', 'EAAK', 'EAAL', 'EAAE', 'EAAF', 'EAAO', 'EAAP', 'EAAR', 'EAAS', 'EAAT', 'EAAU', 'EAAV', 'EAAW', 'EAAX', 'EAAY', 'EAAZ'],
    body: 'A',
    least: 60,
    mixed: true,
  },
  { id: 'axiom-token', name: 'Axiom tokens', prefixes: ['xaat-', 'xapt-'], body: 'w', least: 30 },
  { id: 'checkly-key', name: 'Checkly keys', prefixes: ['cu_', 'sa_'], body: 'x', least: 32, mixed: true },
  { id: 'coralogix-key', name: 'Coralogix keys', prefixes: ['cxtp_', 'cxup_', 'cxor_'], body: 'A', least: 20 },
  { id: 'pagerduty-key', name: 'PagerDuty tokens', prefixes: ['u+'], body: 'w', least: 18, mixed: true },
  { id: 'honeycomb-key', name: 'Honeycomb management keys', prefixes: ['hcalk_', 'hcamk_', 'hcblk_', 'hcxmk_'], body: 'A', least: 32 },
  { id: 'ftqq-key', name: 'ServerChan keys', prefixes: ['SCT'], body: 'A', least: 30, mixed: true },
  { id: 'posthog-key', name: 'PostHog keys of other kinds', prefixes: ['phr_', 'pha_'], body: 'w', least: 36, mixed: true },
  { id: 'nostr-key', name: 'Private keys of Nostr', prefixes: ['nsec1'], body: 'a', least: 54 },
  { id: 'tezos-key', name: 'Private keys of Tezos', prefixes: ['edsk', 'spsk', 'p2sk'], body: 'A', least: 46, mixed: true },
  { id: 'bip32-key', name: 'Extended private keys in newer forms', prefixes: ['yprv', 'zprv', 'tprv', 'uprv', 'vprv', 'xprv'], body: 'A', least: 90, mixed: true },
]; // prettier-ignore

/** Credentials of such services that are more than a prefix and a body. */
export const signalRules: readonly Rule[] = [
  {
    id: 'webhook',
    name: 'Addresses to which whoever knows them may post',
    source:
      'Sumo Logic, Loggly, ServerChan, Airtable, webhook.site, Discord with a version, n8n, Bark: the path is the key',
    anchors: [
      '/receiver/v1/http/',
      '/inputs/',
      'sctapi.ftqq.com/',
      '/genericWebhook/',
      'webhook.site/',
      '/webhooks/',
      '/webhook/',
      'api.day.app/',
      'hooks.',
      '/hooks/',
      'rest.pipedream',
      '.m.pipedream.net/',
    ],
    pattern:
      /((?:\/receiver\/v1\/http\/|loggly\.com\/(?:inputs|bulk)\/|(?<=loggly\.com)\/(?:inputs|bulk)\/|sctapi\.ftqq\.com\/|\/genericWebhook\/|webhook\.site\/|\/api\/v\d{1,2}\/webhooks\/\d{15,21}\/|(?<=\/api\/v\d{1,2})\/webhooks\/\d{15,21}\/|(?<=n8n\.[a-z0-9.-]{2,60})\/webhook\/|api\.day\.app\/|(?<=mattermost[a-z0-9.-]{0,60}|chat[a-z0-9.-]{1,60})\/hooks\/))([A-Za-z0-9_=+/-]{16,300})/iy,
    accept: (secret) => /\d/.test(secret) && /[A-Za-z]/.test(secret),
    joinable: true,
    examples: {
      hidden: [
        'https://e4.collection.sumologic.com/receiver/v1/http/[[{b86}==]]',
        'https://logs-01.loggly.com/inputs/[[{x8}-{x4}-{x4}-{x4}-{x12}]]',
        'https://webhook.site/[[{x8}-{x4}-{x4}-{x4}-{x12}]]',
        'https://discord.com/api/v10/webhooks/{d19}/[[{w68}]]',
      ],
      kept: ['https://webhook.site/docs', '/api/v1/inputs/orders', 'https://x/hooks/deploy'],
    },
  },
  {
    id: 'tiktok-token',
    name: 'TikTok tokens',
    source: 'TikTok documentation, "Manage user access tokens"',
    anchors: ['act.', 'rft.', 'clt.'],
    pattern: /(?<![A-Za-z0-9.])(?:act|rft|clt)\.[A-Za-z0-9]{30,80}(?:![0-9]{2,6}(?:\.[a-z]{1,4}\d?)?)?/y,
    accept: (secret) => (secret.match(/\d/g)?.length ?? 0) >= 3,
    joinable: true,
    examples: { hidden: ['act.{A40}!{d4}.va'], kept: ['act.render', 'act.{A10}'] },
  },
];
