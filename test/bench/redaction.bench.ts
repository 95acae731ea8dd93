import { createRedactor } from '../../src/redaction/redactor.ts';
import { carriers } from '../support/carriers.ts';
import { contexts } from '../support/corpus.ts';
import { everydayLines } from '../support/everydayText.ts';
import { freshLines } from '../support/freshOrdinary.ts';
import { ordinaryText } from '../support/ordinaryText.ts';
import { realText } from '../support/realText.ts';
import { plantedCorpora, recallIn, recallOfCarried, recallOfTexts, sumOf } from '../support/recall.ts';
import type { Recall } from '../support/recall.ts';
import { fill, randomFrom } from '../support/samples.ts';
import type { BenchOptions, BenchRow } from './harness.ts';

const redactor = createRedactor({ fingerprintKey: 'a bench key' });
const megabyte = 1_000_000;

/** Short texts that are repeated to a megabyte: what a hostile log would be made of. */
const shapes: Readonly<Record<string, string>> = {
  'heads of keys': '-----BEGIN RSA PRIVATE KEY-----\n',
  'marks of keys': '-----BEGIN',
  'one long run of base64': 'QUJDabc1',
  'text in base64': Buffer.from('hello world, this is text. ').toString('base64'),
  'lines of base64': 'QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2\n',
  'nested quotes': '{"a":"',
  'backslashes and quotes': '\\"',
  'names without values': 'password="',
  'names in a row': 'password=',
  'weak names in a row': '--key:a1',
  'weak names without values': '_AUTH=',
  'names with blanks': 'key ',
  'names in capitals': 'DB_PASSWORD a1',
  braces: 'password={',
  headings: 'id,password,x\n',
  'starts of Kubernetes secrets': 'kind: Secret\n',
  'at signs': 'a@b.',
  'starts of URLs': '://',
  'URLs in URLs': 'https://user:',
  'URLs with passwords': 'http://a:b@',
  'starts of web tokens': 'eyJhbGciOiJIUzI1NiJ9.',
  'percent escapes': '%41',
  colours: '\x1b[31m',
  cookies: 'cookie: a=bbbb; ',
  'authorization headers': 'authorization: ',
  digits: '4111 ',
  'short lines': 'a\n',
  'command lines': 'mysql -',
  pipes: 'echo x',
  'secrets only': `${fill('ghp_{A36}', randomFrom(5))}\n`,
  'one letter': 'a',
  'names in German': 'Passwort ',
  'blocks with a margin': '> password:\n',
  'documents in a diff': '+kind: Secret\n',
  'words of a phrase': 'seed zoo ',
  'values before names': 'value="aaaa" name="',
  'calls with arguments': 'Auth("a", ',
};

/** The least processor time of some runs, in milliseconds: what else the machine does counts little in it. */
async function processorTime(text: string, runs: number): Promise<number> {
  let best = Infinity;
  for (let run = 0; run < runs; run += 1) {
    const before = process.cpuUsage();
    const result = await redactor.redact(text);
    if (!result.ok) throw new Error(JSON.stringify(result.failure));
    const spent = process.cpuUsage(before);
    best = Math.min(best, (spent.user + spent.system) / 1_000);
  }
  return best;
}

function recallRow(what: string, { planted, missed }: Recall): BenchRow {
  const ours = (100 * (planted - missed.length)) / planted;
  return {
    what,
    ours,
    unit: '%',
    goal: { kind: 'atLeast', value: 99 },
    note: `${planted} planted; eight characters in a row left count as missed`,
  };
}

async function recall(smoke: boolean): Promise<BenchRow[]> {
  const seeds = smoke ? [101] : [101, 102, 103];
  const rows: BenchRow[] = [];
  for (const corpus of plantedCorpora) {
    const recalls: Recall[] = [];
    for (const context of smoke ? contexts.slice(0, 1) : contexts)
      for (const seed of seeds) recalls.push(await recallIn(redactor, corpus, context, seed));
    rows.push(recallRow(`secrets found in 12 contexts, ${corpus}`, sumOf(recalls)));
  }
  for (const kind of ['files', 'commands', 'consoles', 'dumps'] as const) {
    const recalls = await Promise.all(seeds.map((seed) => recallOfTexts(redactor, kind, seed)));
    rows.push(recallRow(`secrets found in ${kind}`, sumOf(recalls)));
  }
  const onCall = await Promise.all(seeds.map((seed) => recallOfTexts(redactor, 'on call', seed)));
  rows.push(recallRow('secrets found in what is pasted on call', sumOf(onCall)));
  const carried: Recall[] = [];
  for (const name of Object.keys(carriers).slice(0, smoke ? 2 : undefined))
    for (const seed of seeds) carried.push(await recallOfCarried(redactor, name, seed));
  rows.push(recallRow('secrets found in texts that come in 12 ways, unseen', sumOf(carried)));
  return rows;
}

async function falseAlarms(smoke: boolean): Promise<BenchRow[]> {
  const quiet = createRedactor({ fingerprintKey: 'a bench key', settings: { personalData: { email: false } } });
  const sets = {
    logs: [ordinaryText((smoke ? 0.1 : 4) * megabyte, 9).join('\n')],
    'what is read every day': [everydayLines(smoke ? 4 : 20, 9).join('\n')],
    'texts about secrets': [freshLines(smoke ? 4 : 20, 9).join('\n')],
    'installed packages': realText(smoke ? 997 : 15).map(({ text }) => text),
  };
  const rows: BenchRow[] = [];
  for (const [name, texts] of Object.entries(sets)) {
    let lines = 0;
    let changed = 0;
    for (const text of texts) {
      const result = await quiet.redact(text);
      if (!result.ok) throw new Error(JSON.stringify(result.failure));
      const redacted = result.value.text.split('\n');
      const before = text.split('\n');
      lines += before.length;
      changed += before.filter((line, at) => line !== redacted[at]).length;
    }
    const note = `${changed} of ${lines} lines`;
    rows.push({
      what: `false alarms per 1,000 lines, ${name}`,
      ours: (1_000 * changed) / lines,
      unit: 'lines',
      goal: { kind: 'atMost', value: 1 },
      note,
    });
  }
  return rows;
}

/** Recall and false alarms of the repository's own sets, and how fast logs and hostile texts are redacted. */
export async function run({ smoke }: BenchOptions): Promise<readonly BenchRow[]> {
  const runs = smoke ? 1 : 8;
  const size = smoke ? megabyte / 10 : megabyte;
  const rows: BenchRow[] = [...(await recall(smoke)), ...(await falseAlarms(smoke))];
  const lines = ordinaryText(size, 4);
  const random = randomFrom(5);
  const dirty = lines.map((line, at) => (at % 200 === 0 ? `${line} DB_PASSWORD=${fill('{A16}', random)}` : line));
  const clean = await processorTime(lines.join('\n'), runs);
  const speed = { unit: 'MB/s', goal: { kind: 'atLeast', value: 20 }, note: 'processor time' } as const;
  rows.push({ what: '1 MB of logs', ours: size / 1_000 / clean, ...speed });
  rows.push({
    what: '1 MB of logs, a secret every 200 lines',
    ours: size / 1_000 / (await processorTime(dirty.join('\n'), runs)),
    ...speed,
  });
  const large = await processorTime(ordinaryText((smoke ? 2 : 16) * size, 6).join('\n'), 1);
  rows.push({
    what: '16 MB of logs against 16 times 1 MB',
    ours: large,
    unit: 'ms',
    peer: { name: '16 × 1 MB', value: (smoke ? 2 : 16) * clean },
    goal: { kind: 'timesPeerAtMost', value: 1.3 },
  });
  for (const [name, part] of [...Object.entries(shapes), ['the logs as one line', lines.join(' ')] as const]) {
    const text = part.repeat(Math.ceil(size / part.length));
    rows.push({
      what: `1 MB: ${name}`,
      ours: await processorTime(text, smoke ? 1 : 3),
      unit: 'ms',
      goal: { kind: 'atMost', value: 100 },
      note: 'processor time',
    });
  }
  return rows;
}
