import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { draftsPath, readDrafts, writeDrafts } from '../../../src/incident/draftFile.ts';
import { Drafts } from '../../../src/incident/drafts.ts';
import { noDrafts } from '../../../src/model/draft.ts';
import { fail } from '../../../src/model/failure.ts';
import { createRedactor } from '../../../src/redaction/redactor.ts';
import { useTemporaryFolder } from '../../support/temporaryFolder.ts';

const secret = ['sk', 'live', '51HxT0aBcDeFgHiJkLmNoPqRs'].join('_');

describe('drafts of an incident', () => {
  const folder = useTemporaryFolder();
  let count = 0;
  let journalPath: string;
  const redactor = createRedactor({ fingerprintKey: 'k'.repeat(32) });
  const hide = (text: string) => redactor.hide(text);
  const opened = (options: Partial<ConstructorParameters<typeof Drafts>[0]> = {}): Drafts =>
    new Drafts({ journalPath, hide, mayStore: () => true, log: () => undefined, delay: 60_000, ...options });
  const onDisk = (): string => {
    const path = draftsPath(journalPath);
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  };

  beforeEach(() => {
    count += 1;
    journalPath = join(folder(), `${count}.jsonl`);
  });

  it('are given back to a new page of the window as they were written, and to a new window without their secrets', async () => {
    const drafts = opened();
    drafts.keep([{ key: 'error', text: `key ${secret} is bad` }]);
    assert.deepEqual(drafts.kept.drafts, [{ key: 'error', text: `key ${secret} is bad`, hidden: 0 }]);
    await drafts.flush();
    assert.doesNotMatch(onDisk(), /51HxT0/);
    assert.equal(statSync(draftsPath(journalPath)).mode & 0o777, 0o600);
    assert.deepEqual(opened().kept, { drafts: [{ key: 'error', text: 'key «hidden» is bad', hidden: 1 }], lost: 0 });
  });

  it('number no placeholder and teach no reply: half a secret is met once', async () => {
    const drafts = opened();
    drafts.keep([{ key: 'error', text: `password=hunter-one-${secret.slice(0, 9)}` }]);
    await drafts.flush();
    assert.deepEqual(redactor.state().entries, []);
    const reply = redactor.reply();
    assert.match(reply.push('hunter-one') + reply.end(), /hunter-one/);
  });

  it('are stored by themselves after a while', async () => {
    const drafts = opened({ delay: 1 });
    drafts.keep([{ key: 'title', text: 'A new title' }]);
    for (let waited = 0; onDisk() === '' && waited < 5_000; waited += 10)
      await new Promise((resolve) => setTimeout(resolve, 10));
    assert.match(onDisk(), /A new title/);
  });

  it('leave nothing behind once they are sent', async () => {
    const drafts = opened();
    drafts.keep([{ key: 'reply:orient', text: 'a question' }]);
    await drafts.flush();
    drafts.keep([{ key: 'reply:orient' }]);
    await drafts.flush();
    assert.equal(onDisk(), '');
    assert.deepEqual(drafts.kept, noDrafts);
  });

  it('are not stored where they cannot be searched for secrets, and that is said', async () => {
    const refusing = opened({ hide: () => Promise.resolve(fail({ kind: 'unexpected', detail: 'x' })) });
    refusing.keep([{ key: 'error', text: secret }]);
    await refusing.flush();
    assert.doesNotMatch(onDisk(), /51HxT0/);
    assert.deepEqual(opened().kept, { drafts: [], lost: 1 });
    const throwing = opened({ hide: () => Promise.reject(new Error('out of memory')) });
    throwing.keep([{ key: 'error', text: secret }]);
    await throwing.flush();
    assert.doesNotMatch(onDisk(), /51HxT0/);
  });

  it('are in memory alone where another window writes the incident', async () => {
    const drafts = opened({ mayStore: () => false });
    drafts.keep([{ key: 'error', text: 'x' }]);
    await drafts.flush();
    assert.equal(onDisk(), '');
    assert.equal(drafts.kept.drafts.length, 1);
  });

  it('do not come back after the incident was deleted, also where they are just being stored', async () => {
    let goOn: () => void = () => undefined;
    const drafts = opened({
      hide: (text) => new Promise((resolve) => (goOn = () => resolve({ ok: true, value: { text, hidden: 0 } }))),
    });
    drafts.keep([{ key: 'error', text: 'x' }]);
    const flushed = drafts.flush();
    await Promise.resolve();
    drafts.discard();
    goOn();
    await flushed;
    drafts.dispose();
    assert.equal(onDisk(), '');
  });

  it('are read as what was written, and as none where the file is anything else', () => {
    const path = draftsPath(journalPath);
    fc.assert(
      fc.property(
        fc.array(fc.record({ text: fc.string(), hidden: fc.nat() }), { maxLength: 20 }),
        fc.nat(),
        (some, lost) => {
          const drafts = some.map((draft, index) => ({ key: `note:R1:${index}`, ...draft }) as const);
          writeDrafts(path, { drafts, lost });
          assert.deepEqual(readDrafts(path), { drafts, lost });
        },
      ),
    );
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        writeFileSync(path, text);
        assert.deepEqual(readDrafts(path), noDrafts);
      }),
    );
    writeFileSync(path, JSON.stringify({ version: 1, drafts: [{ key: '__proto__', text: 'x', hidden: 0 }], lost: -3 }));
    assert.deepEqual(readDrafts(path), noDrafts);
  });
});
