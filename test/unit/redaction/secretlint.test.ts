import assert from 'node:assert/strict';
import { rules } from '@secretlint/secretlint-rule-preset-recommend';
import { libraryAnchors } from '../../../src/redaction/libraryAnchors.ts';
import { loadSecretlint } from '../../../src/redaction/secretlint.ts';
import { fill, randomFrom } from '../../support/samples.ts';

/**
 * Made-up texts that each rule of the library reports; `{A36}` is random. Left out: the rule `gcp`, which reports files by their
 * name; and those that look into what they match (`1password`, `privatekey`, tokens of Grafana's cloud), by a prefix that is their pattern's.
 */
const reported: Readonly<Record<string, readonly string[]>> = {
  aws: ['AWS_SECRET_ACCESS_KEY={A40} ', 'SecretAccessKey: "{A40}"'],
  npm: ['npm_{A36}', 'https://{A40}:x-oauth-basic@github.com/acme/orders'],
  basicauth: ['https://jane:{A12}@db.acme.io', 'ftp://jane:{A12}@files.acme.io', 'ftps://jane:{A12}@files.acme.io'],
  slack: ['xoxb-{d12}-{A24}', 'https://hooks.slack.com/services/T{A8}/B{A8}/{A24}'],
  sendgrid: ['SG.{A22}.{A43}'],
  shopify: ['shppa_{A32}', 'shpca_{A32}', 'shpat_{A32}', 'shpss_{A32}'],
  github: ['ghp_{A36}', 'gho_{A36}', 'ghu_{A36}', 'ghs_{A36}', 'ghr_{A36}', 'github_pat_{A82}'],
  gitlab: ['glpat-{A20}'],
  grafana: ['glsa_{A32}_{x8}'],
  openai: ['sk-{A20}T3BlbkFJ{A20}', 'sk-proj-{A58}T3BlbkFJ{A58}'],
  anthropic: ['sk-ant-api03-{A93}AA'],
  groq: ['gsk_{A52}'],
  huggingface: ['hf_{L34}'],
  linear: ['lin_api_{A40}'],
  notion: ['ntn_{d11}{A35}'],
  'database-connection-string': [
    'mongodb://jane:{A12}@db.acme.io/orders',
    'mongodb+srv://jane:{A12}@db.acme.io/orders',
    'jdbc:mysql://jane:{A12}@db.acme.io/orders',
    'mysqlx://jane:{A12}@db.acme.io/orders',
    'postgres://jane:{A12}@db.acme.io/orders',
    'postgresql://jane:{A12}@db.acme.io/orders',
  ],
  'hashicorp-vault': ['hvs.{A95}', 'hvb.{A150}', 'hvr.{A95}'],
  vercel: ['vcp_{A24}', 'vci_{A24}', 'vca_{A24}', 'vcr_{A24}', 'vck_{A24}'],
  databricks: ['dapi{x32}'],
  docker: ['dckr_pat_{A27}'],
  figma: ['figd_{A40}'],
};

const nameOf = (id: string): string => id.replace('@secretlint/secretlint-rule-', '');

describe('rules of the library', () => {
  const random = randomFrom(8);

  it('are listed with their literals, each of them and no other', () => {
    const names = rules.map(({ meta }) => nameOf(meta.id)).filter((name) => name !== 'filter-comments');
    assert.deepEqual(Object.keys(libraryAnchors).sort(), names.sort());
  });

  for (const [name, samples] of Object.entries(reported)) {
    it(`report nothing that lacks a literal of theirs: ${name}`, async () => {
      const library = await loadSecretlint();
      for (const sample of samples) {
        const text = fill(sample, random);
        const found = await library.scan(text, new Map([[name, [0]]]));
        assert.ok(found.length > 0, `not reported: ${text}`);
        assert.ok(
          libraryAnchors[name]?.some((anchor) => text.toLowerCase().includes(anchor)),
          text,
        );
      }
    });
  }

  it('are asked about the blocks alone in which a literal of theirs stands', async () => {
    const library = await loadSecretlint();
    const token = fill('glpat-{A20}', random);
    const filler = 'a line of a log\n'.repeat(5_000);
    const text = `${filler}${token}\n${filler}${token}\n`;
    const places = [filler.length, 2 * filler.length + token.length + 1];
    const found = await library.scan(text, new Map([['gitlab', places]]));
    assert.deepEqual(
      found.map(({ start }) => start),
      places,
    );
    assert.deepEqual(await library.scan(text, new Map([['github', places]])), []);
  });
});
