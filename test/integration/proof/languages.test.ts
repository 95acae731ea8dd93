import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { foundTestPlan } from '../../../src/investigation/proving.ts';
import type { Fix } from '../../../src/model/records.ts';
import { leftIn, proveIn, stateOf, useScratchParent } from '../../support/proofFixture.ts';
import { TemporaryRepository } from '../../support/temporaryRepository.ts';

interface Language {
  readonly name: string;
  /** A program that says whether this machine has it. */
  readonly needs: readonly [program: string, ...args: string[]];
  readonly files: Readonly<Record<string, string>>;
  readonly test: { readonly path: string; readonly newFile: string };
  readonly fix: { readonly path: string; readonly search: string; readonly replace: string };
  readonly runner: string;
}

const languages: readonly Language[] = [
  {
    name: 'Node with a script of its own',
    needs: ['node', '--version'],
    files: {
      'package.json': '{ "scripts": { "test": "node --test test/" } }',
      'src/price.js': 'exports.price = (cents) => cents / 10;\n',
    },
    test: {
      path: 'test/price é.test.js',
      newFile:
        "const { price } = require('../src/price.js');\nrequire('node:test')('cents', () => require('node:assert').equal(price(250), 2.5));\n",
    },
    fix: { path: 'src/price.js', search: '/ 10', replace: '/ 100' },
    runner: 'node',
  },
  {
    name: 'Python, unittest',
    needs: ['python3', '--version'],
    files: {
      'shop/__init__.py': '',
      'shop/price.py': 'def price(cents):\n    return cents / 10\n',
      'tests/__init__.py': '',
    },
    test: {
      path: 'tests/test_price.py',
      newFile:
        'import unittest\nfrom shop.price import price\n\nclass Price(unittest.TestCase):\n    def test_cents(self):\n        self.assertEqual(price(250), 2.5)\n',
    },
    fix: { path: 'shop/price.py', search: '/ 10', replace: '/ 1e2' },
    runner: 'unittest',
  },
  {
    name: 'Python, pytest, in a src layout',
    needs: ['python3', '-m', 'pytest', '--version'],
    files: {
      'pyproject.toml': '[tool.pytest.ini_options]\n',
      'src/shop.py': 'def price(cents):\n    return cents / 10\n',
    },
    test: {
      path: 'tests/test_price.py',
      newFile: 'from shop import price\n\ndef test_cents():\n    assert price(250) == 2.5\n',
    },
    fix: { path: 'src/shop.py', search: '/ 10', replace: '/ 100' },
    runner: 'pytest',
  },
  {
    name: 'Rust',
    needs: ['cargo', '--version'],
    files: {
      'Cargo.toml': '[package]\nname = "shop"\nversion = "0.1.0"\nedition = "2021"\n',
      '.gitignore': 'target\nCargo.lock\n',
      'src/lib.rs': 'pub fn price(cents: u32) -> f64 {\n    f64::from(cents) / 10.0\n}\n',
    },
    test: { path: 'tests/cents.rs', newFile: '#[test]\nfn cents() {\n    assert_eq!(shop::price(250), 2.5);\n}\n' },
    fix: { path: 'src/lib.rs', search: '/ 10.0', replace: '/ 100.0' },
    runner: 'cargo',
  },
  {
    name: 'Go',
    needs: ['go', 'version'],
    files: {
      'go.mod': 'module shop\n\ngo 1.21\n',
      'price.go': 'package shop\n\nfunc Price(cents float64) float64 { return cents / 10 }\n',
    },
    test: {
      path: 'price_test.go',
      newFile:
        'package shop\n\nimport "testing"\n\nfunc TestCents(t *testing.T) {\n\tif Price(250) != 2.5 {\n\t\tt.Fatal(Price(250))\n\t}\n}\n',
    },
    fix: { path: 'price.go', search: '/ 10', replace: '/ 100' },
    runner: 'go',
  },
  {
    name: 'a makefile',
    needs: ['make', '--version'],
    files: {
      Makefile: 'test:\n\tsh tests/all.sh\n',
      'price.sh': 'expr $1 / 10\n',
      'tests/all.sh': 'for each in tests/*_test.sh; do sh "$each" || exit 1; done\n',
    },
    test: {
      path: 'tests/cents_test.sh',
      newFile: 'test "$(sh price.sh 200)" = 2 || { echo "AssertionError: 200 cents"; exit 1; }\n',
    },
    fix: { path: 'price.sh', search: '/ 10', replace: '/ 100' },
    runner: 'make',
  },
];

describe('a proof in', function () {
  // Compilers and a busy machine: real programs run here.
  this.timeout(180_000);
  const parent = useScratchParent();
  const absent: string[] = [];

  for (const { name, needs, files, test, fix, runner } of languages) {
    const [program, ...args] = needs;
    if (spawnSync(program, args, { stdio: 'ignore' }).status !== 0) {
      absent.push(name);
      continue;
    }
    it(`${name}: found, red, then green, with nothing left`, async () => {
      const repository = await TemporaryRepository.create();
      try {
        for (const [path, text] of Object.entries(files)) await repository.write(path, text);
        await repository.commit('README', name, 'Start');
        const before = stateOf(repository.root);
        const record: Fix = {
          edits: [fix],
          test: { edits: [test] },
          explanation: '',
          edgeCases: [],
          similarPatterns: [],
        };
        const plan = await foundTestPlan({ fix: record, folder: repository.root });
        assert.equal(plan?.runner, runner);
        assert.ok(plan);
        const trial = { plan, fixEdits: [fix], testEdits: [test], timeLimitMs: 120_000 };
        const { verdict, runs } = await proveIn(repository.root, parent(), trial);
        assert.equal(verdict.kind, 'proved', `${JSON.stringify(verdict)}\n${runs.at(-1)?.output ?? ''}`);
        assert.equal(stateOf(repository.root), before);
        assert.deepEqual(await leftIn(parent()), []);
      } finally {
        await repository.remove();
      }
    });
  }

  after(() => {
    if (absent.length > 0) process.stdout.write(`      not on this machine, so not tried: ${absent.join(', ')}\n`);
  });
});
