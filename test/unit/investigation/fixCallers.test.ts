import assert from 'node:assert/strict';
import { callersOfFix } from '../../../src/investigation/fixCallers.ts';
import type { RepositoryState } from '../../../src/evidence/git.ts';
import { fail } from '../../../src/model/failure.ts';
import type { Result } from '../../../src/model/failure.ts';
import { harmless, IncidentBuilder } from '../../support/incidents.ts';
import { records } from '../../support/records.ts';
import { useTemporaryFolder } from '../../support/temporaryFolder.ts';
import { writeFiles } from '../../support/traceWorkspace.ts';

describe('callers of the fix', () => {
  const folder = useTemporaryFolder();
  const noRepository = (): Promise<Result<RepositoryState>> => Promise.resolve(fail({ kind: 'noGit' }));
  let signal: AbortSignal;
  beforeEach(() => (signal = AbortSignal.timeout(10_000)));

  function withFix() {
    const builder = new IncidentBuilder('x', 0);
    const run = builder.ask('fix');
    const edits = [{ path: 'src/pay.js', search: 'return 1;', replace: 'return 2;' }];
    builder.record(run, { ...records.fix, data: { ...records.fix.data, edits } }).end(run);
    return builder.text(run, harmless('')).incident;
  }

  it('are the language server’s where it answers', async () => {
    writeFiles(folder(), { 'src/pay.js': 'function charge() {\n  return 1;\n}\n' });
    const asked: string[] = [];
    const found = await callersOfFix(
      withFix(),
      {
        folders: () => [folder()],
        languageServerCallers: (_, { name }) => {
          asked.push(name);
          const callers = [{ of: name, path: 'src/web.js', line: 7, in: 'checkout' }];
          return Promise.resolve({ kind: 'answered' as const, callers });
        },
      },
      noRepository,
      signal,
    );
    assert.deepEqual(asked, ['charge']);
    assert.match(
      found?.text ?? '',
      /^charge \(src\/pay\.js:1\), found by the language server:\n {2}src\/web\.js:7 in checkout$/,
    );
    assert.equal(found?.step, 'blastRadius');
  });

  it('say that they could not be looked for where neither a language server nor git answers', async () => {
    writeFiles(folder(), { 'src/pay.js': 'function charge() {\n  return 1;\n}\n' });
    const world = { folders: () => [folder()], languageServerCallers: () => Promise.reject(new Error('gone')) };
    const found = await callersOfFix(withFix(), world, noRepository, signal);
    assert.match(found?.text ?? '', /its callers could not be looked for/);
  });

  it('are not there without a fix, and where its file is gone or outside', async () => {
    const world = { folders: () => [folder()] };
    assert.equal(await callersOfFix(new IncidentBuilder('x', 0).incident, world, noRepository, signal), undefined);
    assert.equal(await callersOfFix(withFix(), world, noRepository, signal), undefined);
  });
});
