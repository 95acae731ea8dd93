import assert from 'node:assert/strict';
import { pathToFileURL, fileURLToPath } from 'node:url';
import { provableFix, provedFix, uncommittedSuspects } from '../../../src/investigation/proving.ts';
import type { ProvingWorld } from '../../../src/investigation/proving.ts';
import type { Incident } from '../../../src/model/incident.ts';
import { ownWords } from '../../../src/model/redacted.ts';
import type { ProofVerdict } from '../../../src/model/proof.ts';
import type { RunId } from '../../../src/model/reply.ts';
import { IncidentBuilder } from '../../support/incidents.ts';
import { records } from '../../support/records.ts';
import { TemporaryRepository } from '../../support/temporaryRepository.ts';

describe('what is proved', function () {
  this.timeout(20_000);
  let repository: TemporaryRepository;
  before(async () => {
    repository = await TemporaryRepository.create();
    await repository.write('src/clean.js', '1');
    await repository.commit('src/dirty.js', '1', 'Start');
    await repository.write('src/dirty.js', '2');
  });
  after(() => repository.remove());
  const signal = new AbortController().signal;
  const world = (more: Partial<ProvingWorld> = {}): ProvingWorld => ({
    trusted: () => true,
    folders: () => [repository.root],
    folderOf: () => repository.root,
    pathOf: (uri) => fileURLToPath(uri),
    ...more,
  });

  function incident(...verdicts: readonly ProofVerdict[]): Incident {
    const builder = new IncidentBuilder('Checkout is down', 0);
    for (const path of ['src/clean.js', 'src/dirty.js']) {
      const uri = pathToFileURL(repository.path(path)).href;
      builder.add({ type: 'suspectAdded', suspect: { uri, path, role: 'origin' } });
    }
    const runIds: RunId[] = verdicts.length === 0 ? [] : verdicts.map(() => fixOf(builder));
    verdicts.forEach((verdict, index) => {
      const runId = runIds[index] ?? 'R9';
      builder.add({ type: 'proofEnded', runId, startedAt: 1, verdict, runs: [], uncommitted: [], changedOutside: [] });
    });
    return builder.incident;
  }

  function fixOf(builder: IncidentBuilder): RunId {
    const run = builder.ask('fix');
    builder.record(run, records.fix).end(run);
    return run;
  }

  it('is the latest fix with its test, in its repository, where anything may run', async () => {
    const failure = async (of: Incident, in_: ProvingWorld) => {
      const result = await provableFix(of, in_, signal);
      return result.ok ? result.value.runId : result.failure.kind;
    };
    const one = incident({ kind: 'stopped' });
    assert.equal(await failure(one, world()), 'R1');
    assert.equal(await failure(incident(), world()), 'noFix');
    assert.equal(await failure(one, world({ trusted: () => false })), 'restricted');
    assert.equal(await failure(one, world({ folderOf: () => undefined })), 'noFolder');
    assert.equal(await failure(one, world({ folderOf: () => '/' })), 'notARepository');
  });

  it('is judged in a hunt by the latest fix that was proved, not by a later one that was not', () => {
    const proved: ProofVerdict = { kind: 'proved', suite: 'none', reason: 'notStated' };
    assert.equal(provedFix(incident(proved, { kind: 'failsWithFix' }))?.runId, 'R1');
    assert.equal(provedFix(incident({ kind: 'cannotRun', why: 'noTests', detail: ownWords('') })), undefined);
  });

  it('takes along only suspects that differ from what is committed, on disk or in an editor', async () => {
    const of = incident({ kind: 'stopped' });
    const provable = await provableFix(of, world(), signal);
    assert.ok(provable.ok);
    const changed = async (isUnsaved: (uri: string) => boolean) =>
      (await uncommittedSuspects(of, provable.value, world(), isUnsaved, signal)).map(({ path }) => path);
    assert.deepEqual(await changed(() => false), ['src/dirty.js']);
    assert.deepEqual(await changed((uri) => uri.endsWith('clean.js')), ['src/clean.js', 'src/dirty.js']);
  });
});
