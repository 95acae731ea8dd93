import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import assert from 'node:assert/strict';
import { importedPaths } from '../../../src/evidence/frames/importedFiles.ts';
import { indexWorkspace } from '../../../src/evidence/frames/workspaceIndex.ts';
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
    const index = await indexWorkspace([folder()], { mayRunGit: false }, signal);
    const found = await localImports([{ root: folder(), path: first }], index, signal);
    return found.map(({ file }) => file.path);
  }

  it('are found in JavaScript and TypeScript, and what they import in turn', async () => {
    const files = { 'src/a.ts': "import { b } from './b.js';", 'src/b.ts': "require('./c')", 'src/c/index.js': 'x' };
    assert.deepEqual(await importsOf('src/a.ts', files), ['src/b.ts', 'src/c/index.js']);
  });

  it('are found in Python, relative and from the top', async () => {
    const files = {
      'app/pay.py':
        'import os\nfrom .settings import (\n    KEY,  # of the gateway\n    OTHER,\n)\nfrom . import db, cache as c\nfrom app.common.env import X\nimport app.other\nfrom ..tools import y\n',
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

  it('are found in Go: the packages of its module and the other files of its own', async () => {
    const files = {
      'services/shop/go.mod': 'module github.com/acme/shop\n\ngo 1.22\n',
      'services/shop/cmd/pay/main.go':
        'package main\nimport (\n\t"fmt"\n\t"github.com/acme/shop/internal/store"\n\t"github.com/other/shop/internal/mail"\n)\n',
      'services/shop/cmd/pay/flags.go': 'package main\n',
      'services/shop/cmd/pay/main_test.go': 'package main\n',
      'services/shop/internal/store/store.go': 'package store\nimport "github.com/acme/lib/keys"\n',
      'services/shop/internal/store/dsn.go': 'package store\n',
      'services/shop/internal/mail/mail.go': 'package mail\n',
      'lib/go.mod': 'module github.com/acme/lib\n',
      'lib/keys/keys.go': 'package keys\n',
    };
    assert.deepEqual(await importsOf('services/shop/cmd/pay/main.go', files), [
      'services/shop/cmd/pay/flags.go',
      'services/shop/internal/store/dsn.go',
      'services/shop/internal/store/store.go',
      'lib/keys/keys.go',
    ]);
  });

  it('are found in C#: of a namespace the files whose types are named', async () => {
    const files = {
      'src/Shop/Pay/Charge.cs':
        'using System;\nusing Acme.Shop.Settings;\nnamespace Acme.Shop.Pay;\nclass Charge { Charge(PayOptions o, Clock c, Ledger l) {} }\n',
      'src/Shop/Settings/PayOptions.cs': 'namespace Acme.Shop.Settings\n{\n  public class PayOptions { }\n}\n',
      'src/Shop/Settings/MailOptions.cs': 'namespace Acme.Shop.Settings;\npublic class MailOptions { }\n',
      'src/Shop/Pay/Books.cs': 'namespace Acme.Shop.Pay;\npublic record Ledger(int A);\n',
      'src/Shop/Clock.cs': 'namespace Acme.Shop;\npublic class Clock { }\n',
      'src/Other/Clock.cs': 'namespace Other;\npublic class Clock { }\n',
    };
    assert.deepEqual((await importsOf('src/Shop/Pay/Charge.cs', files)).toSorted(), [
      'src/Shop/Clock.cs',
      'src/Shop/Pay/Books.cs',
      'src/Shop/Settings/PayOptions.cs',
    ]);
  });

  it('are no files of another place that share a library’s name', async () => {
    const files = { 'app/pay.py': 'import json\nimport db\n', 'tools/json.py': 'x', 'app/db.py': 'x' };
    assert.deepEqual(await importsOf('app/pay.py', files), ['app/db.py']);
  });

  it('are never files of environment values', async () => {
    const files = { 'a.sh': '. ./.env\n. ./lib.sh\n', '.env': 'KEY=hunter2\n', 'lib.sh': 'x' };
    assert.deepEqual(await importsOf('a.sh', files), ['lib.sh']);
  });

  it('stay within the workspace and come to an end', async () => {
    const files = { 'a.py': 'from .b import x\nfrom ......etc import passwd\n', 'b.py': 'from .a import y\n' };
    assert.deepEqual(await importsOf('a.py', files), ['b.py']);
    const many = 'from .x import y\n'.repeat(15_000);
    const started = performance.now();
    assert.equal(importedPaths('a.py', many).length, 300);
    assert.ok(performance.now() - started < 3000);
  });
});
