import assert from 'node:assert/strict';
import { mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { editFile } from '../../../src/fix/editFile.ts';
import { decodeFile, encodeText } from '../../../src/fix/fileBytes.ts';
import type { ByteForm } from '../../../src/fix/fileBytes.ts';
import { editsFromFolder } from '../../../src/investigation/placeEdits.ts';
import { planFix } from '../../../src/investigation/planFix.ts';
import { succeed } from '../../../src/model/failure.ts';
import type { Fix } from '../../../src/model/records.ts';
import { ScratchFiles } from '../../../src/proof/scratchFiles.ts';
import { diskWorld, writePlan } from '../../support/fixFiles.ts';

const forms: readonly ByteForm[] = [
  { encoding: 'utf-8', mark: false },
  { encoding: 'utf-8', mark: true },
  { encoding: 'utf-16le', mark: true },
  { encoding: 'utf-16be', mark: true },
];
const line = fc.constantFrom('one', 'two', 'größe', 'x = 1;', '}', '', '  indented', '😀');
const fileText = fc
  .record({
    lines: fc.array(line, { minLength: 1, maxLength: 6 }),
    ends: fc.constantFrom('\n', '\r\n'),
    final: fc.boolean(),
    numbered: fc.boolean(),
  })
  .map(({ lines, ends, final, numbered }) => {
    const own = numbered ? lines.map((text, index) => `${index} ${text}`) : lines;
    return own.join(ends) + (final ? ends : '');
  });
const piece = fc.array(line, { maxLength: 2 }).map((lines) => lines.join('\n'));
/** What is sought is told by its place, so that most of it is there. */
const change = fc.record({ start: fc.nat(40), length: fc.integer({ min: 1, max: 12 }), replace: piece });
const other = fc.oneof(
  fc.record({ path: fc.constantFrom('a.js', 'b.js'), search: piece, replace: piece }),
  fc.record({ path: fc.constantFrom('a.js', 'new.js', 'sub/new.js'), newFile: piece }),
);
const edit = fc.oneof({ weight: 4, arbitrary: change }, { weight: 1, arbitrary: other });

function editOf(text: string, made: typeof edit extends fc.Arbitrary<infer T> ? T : never): Fix['edits'][number] {
  if ('path' in made) return made;
  const seen = text.replaceAll('\r\n', '\n');
  const start = made.start % Math.max(1, seen.length);
  return { path: 'a.js', search: seen.slice(start, start + made.length), replace: made.replace };
}

describe('a fix that is proved and one that is applied', function () {
  this.timeout(60_000);
  let parent: string;
  beforeEach(async () => (parent = await realpath(await mkdtemp(join(tmpdir(), 'same-bytes-')))));
  afterEach(() => rm(parent, { recursive: true, force: true }));

  /** What each of the two ways makes of the same folder; undefined where it refuses. */
  async function bothWays(
    files: Readonly<Record<string, Uint8Array>>,
    fix: Pick<Fix, 'edits' | 'test'>,
  ): Promise<readonly [Record<string, string> | undefined, Record<string, string> | undefined]> {
    const [mine, copy] = await Promise.all(
      ['mine-', 'copy-'].map(async (name) => {
        const folder = await mkdtemp(join(parent, name));
        for (const [path, content] of Object.entries(files)) await writeFile(join(folder, path), content);
        return folder;
      }),
    );
    assert.ok(mine !== undefined && copy !== undefined);
    const signal = AbortSignal.timeout(30_000);
    const world = { ...diskWorld(mine), standing: () => Promise.resolve(succeed('tracked' as const)) };
    const placed = await editsFromFolder(fix, mine, world, signal);
    const scratch = new ScratchFiles(copy, copy);
    const edited = placed.ok ? await scratch.edited(placed.value, editFile) : placed;
    if (edited.ok) assert.ok((await scratch.writeAll(edited.value)).ok);
    const proved = edited.ok ? await contentOf(copy) : undefined;
    const planned = await planFix(fix, world, signal);
    if (planned.ok) await writePlan(planned.value);
    // A fix that changes nothing is not applied, and is proved as nothing.
    const nothing = !planned.ok && planned.failure.kind === 'nothingToApply';
    const applied = planned.ok || nothing ? await contentOf(mine) : undefined;
    return [proved, applied];
  }

  async function contentOf(folder: string): Promise<Record<string, string>> {
    const found: Record<string, string> = {};
    for (const path of ['a.js', 'b.js', 'new.js', 'sub/new.js']) {
      const bytes = await readFile(join(folder, path)).catch(() => undefined);
      if (bytes !== undefined) found[path] = bytes.toString('hex');
    }
    return found;
  }

  it('are the same to the byte, and are refused alike, whatever the edits and the files are', async () => {
    let applied = 0;
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(
        fileText,
        fc.constantFrom(...forms),
        fc.array(edit, { minLength: 1, maxLength: 3 }),
        fc.array(edit, { maxLength: 1 }),
        async (text, form, changes, changesOfTest) => {
          const edits = changes.map((made) => editOf(text, made));
          const test = changesOfTest.map((made) => editOf(text, made));
          const files = { 'a.js': encodeText(text, form), 'b.js': Buffer.from('one\ntwo\nx = 1;\n') };
          const [proved, made] = await bothWays(files, { edits, test: { edits: test } });
          assert.deepEqual(proved, made);
          if (made === undefined) refused += 1;
          else applied += 1;
        },
      ),
      { numRuns: 250 },
    );
    assert.ok(applied > 25 && refused > 25, `both happen: ${applied} applied, ${refused} refused`);
  });

  it('are made from the file as it was, not one edit upon the other', async () => {
    const files = { 'a.js': Buffer.from('const limit = 1;\n') };
    const chain = [
      { path: 'a.js', search: 'limit = 1', replace: 'limit = 2' },
      { path: 'a.js', search: 'limit = 2', replace: 'limit = 3' },
    ];
    assert.deepEqual(await bothWays(files, { edits: chain, test: { edits: [] } }), [undefined, undefined]);
  });

  it('keep the bytes of a file in another encoding around plain edits, and refuse what would need its encoding', () => {
    const latin = Buffer.from('caf\xe9 = 1\n', 'latin1');
    assert.equal(decodeFile(latin).kind, 'undecodable');
    const plain = editFile(latin, [{ edit: { path: 'a.js', search: '= 1', replace: '= 2' }, index: 0 }]);
    assert.ok(plain.ok);
    assert.equal(Buffer.from(plain.bytes).toString('latin1'), 'caf\xe9 = 2\n');
    const other = editFile(latin, [{ edit: { path: 'a.js', search: '= 1', replace: '= “2”' }, index: 7 }]);
    assert.deepEqual(other, { ok: false, obstacles: [{ index: 7, obstacle: { kind: 'undecodable' } }] });
    const binary = editFile(Buffer.from([1, 0, 2]), [{ edit: { path: 'a', search: 'a', replace: 'b' }, index: 0 }]);
    assert.deepEqual(binary, { ok: false, obstacles: [{ index: 0, obstacle: { kind: 'binary' } }] });
  });
});
