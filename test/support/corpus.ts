import { contextRules, tokenRules } from '../../src/redaction/rules/table.ts';
import { namedSecrets } from './namedSecrets.ts';
import { example, fill, randomFrom } from './samples.ts';

/** A made-up secret in one context: `text` is what a user would paste, `secret` what must not be in the redacted text. */
export interface PlantedSecret {
  readonly kind: string;
  readonly context: Context;
  readonly text: string;
  /** What would give the secret away: none of it may remain. */
  readonly traces: readonly string[];
}

export const contexts = [
  'log',
  'json',
  'env',
  'yaml',
  'url',
  'header',
  'command line',
  'diff',
  'stack trace',
  'base64',
  'escaped',
  'split',
] as const;
export type Context = (typeof contexts)[number];

export interface Secret {
  readonly kind: string;
  /** The words around it, where it is told by them: `postgres://app:` and `@db/orders`. */
  readonly before: string;
  readonly value: string;
  readonly after: string;
  /** The name it is given where it has no form of its own. */
  readonly name?: string;
}

/** Every kind of secret that the rules name, from their own examples, and values that only their names give away. */
export function secrets(seed: number): Secret[] {
  const random = randomFrom(seed);
  const formats = [...tokenRules, ...contextRules].flatMap((rule) =>
    rule.examples.hidden.map((template) => {
      const { text, secret } = example(template, random);
      const at = text.indexOf(secret);
      return { kind: rule.id, before: text.slice(0, at), value: secret, after: text.slice(at + secret.length) };
    }),
  );
  const assigned = namedSecrets.map(([name, value]) => ({
    kind: 'named',
    before: '',
    value: fill(value, random),
    after: '',
    name,
  }));
  return [...formats, ...assigned];
}

/** One secret in one context; `undefined` where nobody meets it there (a private key in a header). */
export function plant(secret: Secret, context: Context, random: () => number): PlantedSecret | undefined {
  const { kind, before, value, after, name } = secret;
  const whole = before + value + after;
  const multiline = /\n/.test(whole);
  const quoted = /["'`\\]/.test(whole);
  const lower = (name ?? 'upstream').toLowerCase();
  const traces = [value];
  const time = `2026-0${1 + Math.floor(random() * 9)}-1${Math.floor(random() * 9)}T02:4${Math.floor(random() * 9)}:11.${100 + Math.floor(random() * 899)}Z`;
  const given = (text: string): PlantedSecret => ({ kind, context, text, traces });
  switch (context) {
    case 'log':
      return given(
        `${time} ERROR [orders] call failed: ${name === undefined ? whole : `${name}=${whole}`} (attempt 3 of 5)`,
      );
    case 'json':
      return given(
        `{"level":"error",${JSON.stringify(name ?? 'detail')}:${JSON.stringify(whole)},"pid":4711}`,
      ).text.includes(value)
        ? given(`{"level":"error",${JSON.stringify(name ?? 'detail')}:${JSON.stringify(whole)},"pid":4711}`)
        : undefined;
    case 'env':
      return multiline ? undefined : given(`NODE_ENV=live\n${name ?? 'UPSTREAM'}=${whole}\nPORT=3000`);
    case 'yaml':
      return multiline ? undefined : given(`service:\n  ${lower}: ${quoted ? whole : `"${whole}"`}\n  replicas: 3`);
    case 'url':
      if (multiline || /[\s"'?]|:\/\//.test(whole)) return undefined;
      return given(`GET https://api.internal/v1/orders?page=2&${lower}=${encodeURIComponent(whole)}&x=1 502`);
    case 'header':
      if (multiline || before !== '' || kind === 'cookie') return undefined;
      return given(`> POST /v1/charge HTTP/1.1\n> Authorization: Bearer ${whole}\n> Accept: */*`);
    case 'command line':
      if (multiline || quoted) return undefined;
      return given(
        `$ deploy --env prod --${name === undefined ? 'upstream' : lower.replace(/_/g, '-')} ${whole.includes(' ') ? `"${whole}"` : whole} --wait`,
      );
    case 'diff':
      return multiline
        ? undefined
        : given(
            `@@ -3,4 +3,4 @@\n-${name ?? 'upstream'} = ${quoted ? whole : `"${whole}"`}\n+${name ?? 'upstream'} = "rotated"`,
          );
    case 'stack trace':
      return multiline
        ? undefined
        : given(
            `Error: refused (${name === undefined ? whole : `${name}: ${whole}`})\n    at connect (/srv/app/dist/db.js:41:13)\n    at async main (/srv/app/dist/index.js:9:3)`,
          );
    case 'base64': {
      const encoded = Buffer.from(name === undefined ? whole : `${name}=${whole}`).toString('base64');
      return {
        kind,
        context,
        text: `data:\n  config: ${encoded}\n  other: x`,
        traces: [encoded, encoded.slice(0, -4)],
      };
    }
    case 'escaped': {
      const inner = JSON.stringify({ [name ?? 'detail']: whole });
      return given(JSON.stringify({ message: `upstream said\n${inner}\nand hung up` }));
    }
    case 'split': {
      if (multiline || before !== '' || name !== undefined || value.length < 24) return undefined;
      const cut = Math.floor(value.length * (0.3 + random() * 0.5));
      const head = `${time} WARN  [billing] retrying the request that was sent with ${value.slice(0, cut)}`;
      return {
        kind,
        context,
        text: `${head}\n${value.slice(cut)}\n${time} INFO done`,
        traces: [value.slice(0, cut), value.slice(cut)],
      };
    }
  }
}
