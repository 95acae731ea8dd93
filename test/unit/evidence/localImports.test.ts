import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import assert from 'node:assert/strict';
import { importedPaths } from '../../../src/evidence/importedPaths.ts';
import { localImports } from '../../../src/evidence/localImports.ts';
import { useTemporaryFolder } from '../../support/temporaryFolder.ts';

describe('files that a suspect imports', () => {
  const folder = useTemporaryFolder();
  const { signal } = new AbortController();

  async function importsOf(first: string, files: Readonly<Record<string, string>>): Promise<readonly string[]> {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder(), path)), { recursive: true });
      await writeFile(join(folder(), path), text);
    }
    const found = await localImports([join(folder(), first)], [folder()], signal);
    return found.map(({ displayPath }) => displayPath);
  }

  it('are found in JavaScript and TypeScript, and what they import in turn', async () => {
    const files = { 'src/a.ts': "import { b } from './b.js';", 'src/b.ts': "require('./c')", 'src/c/index.js': 'x' };
    assert.deepEqual(await importsOf('src/a.ts', files), ['src/b.ts', 'src/c/index.js']);
  });

  it('are found in Python, relative and from the top', async () => {
    const files = {
      'app/pay.py':
        'import os\nfrom .settings import KEY\nfrom . import db, cache as c\nfrom app.common.env import X\nimport app.other\nfrom ..tools import y\n',
      'app/settings.py': 'x = 1',
      'app/db.py': 'x = 1',
      'app/cache.py': 'x = 1',
      'app/common/env/__init__.py': 'x = 1',
      'app/other.py': 'x = 1',
      'tools.py': 'x = 1',
    };
    const expected = [
      'app/cache.py',
      'app/common/env/__init__.py',
      'app/db.py',
      'app/other.py',
      'app/settings.py',
      'tools.py',
    ];
    assert.deepEqual([...(await importsOf('app/pay.py', files))].sort(), expected);
  });

  it('are found in Ruby, PHP and shell scripts', async () => {
    assert.deepEqual(
      await importsOf('a.rb', { 'a.rb': "require 'json'\nrequire_relative 'lib/env'\n", 'lib/env.rb': 'x' }),
      ['lib/env.rb'],
    );
    const php = {
      'a/a.php': "<?php require_once __DIR__ . '/../config.php'; include 'b.php';",
      'config.php': 'x',
      'a/b.php': 'x',
    };
    assert.deepEqual(await importsOf('a/a.php', php), ['config.php', 'a/b.php']);
    const shell = { 'a.sh': '. "$DIR/lib.sh"\nsource ./more.sh\n', 'lib.sh': 'x', 'more.sh': 'x' };
    assert.deepEqual(await importsOf('a.sh', shell), ['lib.sh', 'more.sh']);
  });

  it('are found in Java, Kotlin and Rust', async () => {
    const java = {
      'src/main/java/com/shop/pay/Pay.java':
        'package com.shop.pay;\nimport java.util.List;\nimport com.shop.Settings;\nimport static com.shop.Keys.KEY;\n',
      'src/main/java/com/shop/Settings.java': 'x',
      'src/main/java/com/shop/Keys.kt': 'x',
    };
    assert.deepEqual(await importsOf('src/main/java/com/shop/pay/Pay.java', java), [
      'src/main/java/com/shop/Settings.java',
      'src/main/java/com/shop/Keys.kt',
    ]);
    const rust = {
      'src/main.rs': 'mod pay;\nuse std::env;\n',
      'src/pay.rs': 'use crate::config::Settings;\n',
      'src/config/mod.rs': 'x',
    };
    assert.deepEqual(await importsOf('src/main.rs', rust), ['src/pay.rs', 'src/config/mod.rs']);
  });

  it('stay within the workspace and come to an end', async () => {
    const files = { 'a.py': 'from .b import x\nfrom ......etc import passwd\n', 'b.py': 'from .a import y\n' };
    assert.deepEqual(await importsOf('a.py', files), ['b.py']);
    const many = 'from .x import y\n'.repeat(15_000);
    const started = performance.now();
    assert.equal(importedPaths('/w/a.py', many, ['/w']).length, 200);
    assert.ok(performance.now() - started < 3000);
  });
});
