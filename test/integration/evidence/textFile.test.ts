import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import assert from 'node:assert/strict';
import { checkSuspect, readTextFile, type TextFileRequest } from '../../../src/evidence/textFile.ts';

describe('suspect file', () => {
  let folder = '';
  let root = '';

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'suspect ü '));
    root = join(folder, 'workspace');
    await mkdir(join(root, 'src'), { recursive: true });
    await mkdir(join(folder, 'workspace-two'));
  });
  after(() => rm(folder, { recursive: true }));

  const request = (path: string): TextFileRequest => ({
    path,
    displayPath: path,
    roots: [root],
    signal: new AbortController().signal,
  });

  /** The failure kinds of reading and of checking, which must not differ. */
  async function refusal(path: string): Promise<string> {
    const read = await readTextFile(request(path));
    const checked = await checkSuspect(request(path));
    const kinds = [read, checked].map((result) => (result.ok ? 'none' : result.failure.kind));
    assert.equal(kinds[0], kinds[1]);
    return kinds[0] ?? '';
  }

  async function write(name: string, content: string | Uint8Array): Promise<string> {
    const path = join(root, name);
    await writeFile(path, content);
    return path;
  }

  it('is read with its lines as an editor shows them', async () => {
    const path = await write('src/payment.js', '\ufeffconst a = 1;\r\n\r\nmodule.exports = a;\r\n');
    assert.deepEqual(await readTextFile(request(path)), {
      ok: true,
      value: { text: 'const a = 1;\n\nmodule.exports = a;\n', lineCount: 3, bytes: 40 },
    });
    assert.deepEqual(await checkSuspect(request(path)), { ok: true, value: { bytes: 40 } });
  });

  it('is read in UTF-16 too', async () => {
    const read = await readTextFile(request(await write('config.ps1', Buffer.from('\ufeff$é = 1\n', 'utf16le'))));
    assert.ok(read.ok);
    assert.equal(read.value.text, '$é = 1\n');
  });

  it('keeps a multi-byte character where the check stops reading', async () => {
    const path = await write('long.txt', `${'x'.repeat(7999)}é and more`);
    assert.ok((await checkSuspect(request(path))).ok);
  });

  it('may have one megabyte and no byte more', async () => {
    const path = await write('limit.js', 'x'.repeat(1024 * 1024));
    assert.equal(await refusal(path), 'none');
    await write('limit.js', 'x'.repeat(1024 * 1024 + 1));
    assert.deepEqual(await checkSuspect(request(path)), {
      ok: false,
      failure: { kind: 'fileTooLarge', path, bytes: 1024 * 1024 + 1, limit: 1024 * 1024 },
    });
    assert.equal(await refusal(path), 'fileTooLarge');
  });

  it('is refused when it is no text, a folder, a pipe or not there', async () => {
    const pipe = join(root, 'pipe');
    execFileSync('mkfifo', [pipe]);
    assert.equal(await refusal(pipe), 'notARegularFile');
    assert.equal(
      await refusal(await write('picture.png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0]))),
      'binaryFile',
    );
    assert.equal(await refusal(await write('empty.js', '')), 'emptyFile');
    assert.equal(await refusal(join(root, 'src')), 'isFolder');
    assert.equal(await refusal(join(root, 'none.js')), 'fileMissing');
  });

  it('is never a file of environment values, by whatever name it is reached', async () => {
    for (const name of ['.env', '.env.production', 'production.env', '.envrc'])
      assert.equal(await refusal(await write(name, 'STRIPE_KEY=x')), 'environmentValues');
    await symlink(join(root, '.env'), join(root, 'settings.txt'));
    assert.equal(await refusal(join(root, 'settings.txt')), 'environmentValues');
    assert.equal(await refusal(await write('production.env.example', 'STRIPE_KEY=')), 'none');
  });

  it('is never outside the workspace, neither by its path nor by a link', async () => {
    const outside = join(folder, 'outside.txt');
    await writeFile(outside, 'secret');
    await writeFile(join(folder, 'workspace-two', 'a.js'), 'x');
    await symlink(outside, join(root, 'link.txt'));
    await symlink(folder, join(root, 'up'));
    await symlink(join(root, 'src'), join(root, 'inside'));
    await write('src/a.js', 'x');
    assert.equal(await refusal(outside), 'outsideWorkspace');
    assert.equal(await refusal(join(root, '..', 'outside.txt')), 'outsideWorkspace');
    assert.equal(await refusal(join(folder, 'workspace-two', 'a.js')), 'outsideWorkspace');
    assert.equal(await refusal(join(root, 'link.txt')), 'outsideWorkspace');
    assert.equal(await refusal(join(root, 'up', 'outside.txt')), 'outsideWorkspace');
    assert.equal(await refusal(join(root, 'inside', 'a.js')), 'none');
  });

  it('is read through a workspace folder that is itself a link', async () => {
    await symlink(root, join(folder, 'link-to-workspace'));
    const path = join(folder, 'link-to-workspace', 'src', 'b.js');
    await writeFile(path, 'x');
    const read = await readTextFile({ ...request(path), roots: [join(folder, 'link-to-workspace')] });
    assert.ok(read.ok);
  });

  it('is not read once cancelled', async () => {
    const path = await write('src/c.js', 'x');
    const read = await readTextFile({ ...request(path), signal: AbortSignal.abort() });
    assert.deepEqual(read, { ok: false, failure: { kind: 'cancelled' } });
  });
});
