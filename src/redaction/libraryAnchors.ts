/**
 * Literals of which one stands in whatever a rule of the library reports, in small letters: `src/redaction/secretlint.ts` asks
 * a rule only about the blocks of a text in which one of its literals was met. Read from the rules of version 12; a rule that
 * is not listed here, as one that a later version adds, is asked about every block.
 */
export const libraryAnchors: Readonly<Record<string, readonly string[]>> = {
  // Without `enableIDScanRule` only the secret access key is looked for.
  aws: ['secretaccess', 'secret_access'],
  gcp: ['private_key_id'],
  privatekey: ['-----begin'],
  npm: ['npm_', 'x-oauth-basic@github'],
  basicauth: ['tp://', 'tps://'],
  slack: ['xoxb-', 'xoxp-', 'xapp-', 'xoxa-', 'xoxo-', 'xoxr-', 'hooks.slack.com/services/'],
  sendgrid: ['sg.'],
  shopify: ['shppa_', 'shpca_', 'shpat_', 'shpss_'],
  github: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'],
  gitlab: ['glpat-'],
  grafana: ['glc_', 'glsa_'],
  openai: ['t3blbkfj'],
  anthropic: ['sk-ant-api0'],
  groq: ['gsk_'],
  huggingface: ['hf_'],
  linear: ['lin_api_'],
  notion: ['ntn_'],
  '1password': ['ops_ey'],
  'database-connection-string': [
    'mongodb://',
    'mongodb+srv://',
    'mysql://',
    'mysqlx://',
    'postgres://',
    'postgresql://',
  ],
  'hashicorp-vault': ['hvs.', 'hvb.', 'hvr.'],
  vercel: ['vcp_', 'vci_', 'vca_', 'vcr_', 'vck_'],
  databricks: ['dapi'],
  docker: ['dckr_pat_'],
  figma: ['figd_'],
};

/** Where literals of the library's rules stand, by the rule's name; offsets ascending. */
export type LibraryPlaces = ReadonlyMap<string, readonly number[]>;
