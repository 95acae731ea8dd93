import { writeFile } from 'node:fs/promises';
import type { RunBench } from './harness.ts';

// One bench in a process of its own: `node run-one.ts NAME ANSWER.json [--smoke]`.
const [name, answer, ...flags] = process.argv.slice(2);
if (name === undefined || answer === undefined) throw new Error('run-one.ts NAME ANSWER.json [--smoke]');
const { run } = (await import(`./${name}.bench.ts`)) as { run: RunBench };
await writeFile(answer, JSON.stringify(await run({ smoke: flags.includes('--smoke') })));
