import type { Redactor } from '../../src/redaction/redactor.ts';
import { blindTexts } from './blindTexts.ts';
import { carriers, isLeftOf } from './carriers.ts';
import { commandLines } from './commandLines.ts';
import { plant, secrets } from './corpus.ts';
import type { Context, Secret } from './corpus.ts';
import { freshTexts } from './freshTexts.ts';
import { issuedTokens } from './issuedTokens.ts';
import { laterTexts } from './laterTexts.ts';
import { leakOf, marked } from './leaks.ts';
import { namedSecrets } from './namedSecrets.ts';
import { nightTexts } from './nightTexts.ts';
import { oncallConfigurations, oncallTexts, oncallTextsAfter } from './oncallTexts.ts';
import { randomFrom } from './samples.ts';
import { secretFiles } from './secretFiles.ts';
import { unseenNames } from './unseenNames.ts';
import { unseenTexts } from './unseenTexts.ts';
import { unseenTokens } from './unseenTokens.ts';

/** How many secrets of a set were hidden, and what was left of the others. */
export interface Recall {
  readonly planted: number;
  readonly missed: readonly string[];
}

/** The corpora of secrets to plant: the rules' own examples, and what was written apart from the rules. */
export const plantedCorpora = ['examples', 'issued', 'named', 'issued, unseen', 'named, unseen'] as const;
export type PlantedCorpus = (typeof plantedCorpora)[number];

function secretsOf(corpus: PlantedCorpus, seed: number): Secret[] {
  switch (corpus) {
    case 'examples':
      return secrets(seed);
    case 'issued':
    case 'issued, unseen':
      return (corpus === 'issued' ? issuedTokens : unseenTokens).map((template, index) => {
        const {
          text,
          secrets: [value = ''],
        } = marked(template, randomFrom(seed * 1_000 + index));
        const at = text.indexOf(value);
        return { kind: template, before: text.slice(0, at), value, after: text.slice(at + value.length) };
      });
    case 'named':
    case 'named, unseen':
      return (corpus === 'named' ? namedSecrets : unseenNames).map(([name, template], index) => ({
        kind: name,
        before: '',
        value: marked(template, randomFrom(seed * 1_000 + index)).text,
        after: '',
        name,
      }));
  }
}

/** Plants each secret of a corpus in one context. A secret is missed where eight characters of it in a row are left. */
export async function recallIn(
  redactor: Redactor,
  corpus: PlantedCorpus,
  context: Context,
  seed: number,
): Promise<Recall> {
  const random = randomFrom(seed + context.length);
  const missed: string[] = [];
  let planted = 0;
  for (const secret of secretsOf(corpus, seed)) {
    const item = plant(secret, context, random);
    if (item === undefined) continue;
    planted += 1;
    const result = await redactor.redact(item.text);
    if (!result.ok || item.traces.some((trace) => leakOf(trace, result.value.text) !== undefined))
      missed.push(item.text);
  }
  return { planted, missed };
}

/** Redacts whole files, command lines, and what consoles, pipelines and programs print, with their secrets in them. */
export async function recallOfTexts(
  redactor: Redactor,
  kind: 'files' | 'commands' | 'consoles' | 'dumps' | 'on call',
  seed: number,
): Promise<Recall> {
  const templates = {
    files: Object.values(secretFiles),
    commands: commandLines.map((line) => `$ ${line}`),
    consoles: blindTexts,
    dumps: [...freshTexts, ...laterTexts],
    'on call': [...oncallTexts, ...oncallTextsAfter, ...oncallConfigurations, ...nightTexts],
  }[kind];
  const missed: string[] = [];
  let planted = 0;
  for (const [index, template] of templates.entries()) {
    const { text, secrets: inText } = marked(template, randomFrom(seed * 1_000 + index));
    const result = await redactor.redact(text);
    for (const secret of inText) {
      planted += 1;
      if (!result.ok || leakOf(secret, result.value.text) !== undefined)
        missed.push(`${secret} in ${text.slice(0, 300)}`);
    }
  }
  return { planted, missed };
}

/** Redacts the second set of texts as one of `carriers` brings them. */
export async function recallOfCarried(redactor: Redactor, name: string, seed: number): Promise<Recall> {
  const carrier = carriers[name];
  if (carrier === undefined) throw new Error(`There is no carrier “${name}”.`);
  const missed: string[] = [];
  let planted = 0;
  for (const [index, template] of unseenTexts.entries()) {
    const { text, secrets: inText } = marked(template, randomFrom(seed * 1_000 + index));
    const result = await redactor.redact(carrier.carry(text));
    for (const secret of inText) {
      planted += 1;
      if (!result.ok || isLeftOf(secret, carrier, result.value.text)) missed.push(`${secret} in ${text.slice(0, 300)}`);
    }
  }
  return { planted, missed };
}

/** Recalls put together. */
export function sumOf(recalls: readonly Recall[]): Recall {
  return {
    planted: recalls.reduce((sum, { planted }) => sum + planted, 0),
    missed: recalls.flatMap(({ missed }) => missed),
  };
}
