import { createRedactor } from '../../src/redaction/redactor.ts';
import { contexts, plant, secrets } from '../support/corpus.ts';
import { ordinaryText } from '../support/ordinaryText.ts';
import { fill, randomFrom } from '../support/samples.ts';

/**
 * Prints how well and how fast secrets are redacted: `node test/bench/redaction.ts` (Node 24; figures are processor time, so that
 * what else the machine does counts little). Recall is that of secrets planted in twelve contexts; false alarms are those per
 * 1,000 lines of logs, lock files and source without a secret.
 */
const redactor = createRedactor({ fingerprintKey: 'a bench key' });

const print = (line: string): void => void process.stdout.write(`${line}\n`);

async function redact(text: string): Promise<string> {
  const result = await redactor.redact(text);
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value.text;
}

async function printRecall(): Promise<void> {
  let all = 0;
  let found = 0;
  for (const context of contexts) {
    const random = randomFrom(context.length);
    let here = 0;
    let hidden = 0;
    for (const seed of [101, 102, 103]) {
      for (const secret of secrets(seed)) {
        const item = plant(secret, context, random);
        if (item === undefined) continue;
        const text = await redact(item.text);
        here += 1;
        if (!item.traces.some((trace) => text.includes(trace))) hidden += 1;
      }
    }
    all += here;
    found += hidden;
    print(`recall ${context.padEnd(14)}${((100 * hidden) / here).toFixed(2).padStart(7)} % of ${here}`);
  }
  print(`recall ${'all'.padEnd(14)}${((100 * found) / all).toFixed(2).padStart(7)} % of ${all}`);
}

async function printFalseAlarms(): Promise<void> {
  const lines = ordinaryText(4_000_000, 9);
  const redacted = (await redact(lines.join('\n'))).split('\n');
  const changed = lines.filter((line, at) => line !== redacted[at]).length;
  print(`false alarms  ${((1_000 * changed) / lines.length).toFixed(3)} per 1,000 lines (${lines.length} lines)`);
}

async function printThroughput(name: string, text: string, runs = 4): Promise<void> {
  let best = Infinity;
  for (let run = 0; run < runs; run += 1) {
    const before = process.cpuUsage();
    await redact(text);
    const spent = process.cpuUsage(before);
    best = Math.min(best, (spent.user + spent.system) / 1_000);
  }
  const megabytes = text.length / 1_000_000;
  print(
    `${name.padEnd(34)}${best.toFixed(0).padStart(6)} ms ${(megabytes / (best / 1_000)).toFixed(1).padStart(7)} MB/s`,
  );
}

await printRecall();
await printFalseAlarms();

const megabyte = 1_000_000;
const lines = ordinaryText(megabyte, 4);
const random = randomFrom(5);
const fillUp = (part: string): string => part.repeat(Math.ceil(megabyte / part.length));
await printThroughput('1 MB of logs', lines.join('\n'), 8);
const dirty = lines
  .map((line, at) => (at % 200 === 0 ? `${line} DB_PASSWORD=${fill('{A16}', random)}` : line))
  .join('\n');
await printThroughput('with a secret every 200 lines', dirty, 8);
await printThroughput('16 MB of logs', ordinaryText(16 * megabyte, 6).join('\n'), 1);
await printThroughput('the logs as one line', lines.join(' '));
const shapes: Readonly<Record<string, string>> = {
  'heads of keys': '-----BEGIN RSA PRIVATE KEY-----\n',
  'marks of keys': '-----BEGIN',
  'one long run of base64': 'QUJDabc1',
  'text in base64': Buffer.from('hello world, this is text. ').toString('base64'),
  'nested quotes': '{"a":"',
  'backslashes and quotes': '\\"',
  'names without values': 'password="',
  'names in a row': 'password=',
  'names with blanks': 'key ',
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
  'secrets only': `${fill('ghp_{A36}', random)}\n`,
  'one letter': 'a',
};
for (const [name, part] of Object.entries(shapes)) await printThroughput(name, fillUp(part), 2);
