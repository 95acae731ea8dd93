import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { findTestPlan, planFromWords } from '../../../src/proof/testCommand/findTestPlan.ts';
import type { ProjectFiles, TestPlan } from '../../../src/proof/testCommand/plan.ts';
import { shellWord, splitCommands } from '../../../src/proof/testCommand/shellWords.ts';

/** A project in memory: its files by path. */
function project(files: Readonly<Record<string, string>>): ProjectFiles {
  const paths = Object.keys(files);
  return {
    read: (path) => Promise.resolve(files[path]),
    names: (folder) => {
      const start = folder === '' ? '' : `${folder}/`;
      const inside = paths
        .filter((path) => path.startsWith(start))
        .map((path) => path.slice(start.length).split('/')[0] ?? '');
      return Promise.resolve([...new Set(inside)]);
    },
  };
}

function find(files: Readonly<Record<string, string>>, path: string, text = '', platform: NodeJS.Platform = 'linux') {
  return findTestPlan(project(files), [{ path, text }], platform);
}

const manifest = (test: string, more: object = {}): string => JSON.stringify({ scripts: { test }, ...more });
const lines = (plan: TestPlan | undefined): readonly (string | undefined)[] => [plan?.folder, plan?.test, plan?.suite];

describe('the command of a test', () => {
  it('is the package’s script, narrowed to the test', async () => {
    const narrowed: readonly (readonly [script: string, expected: string])[] = [
      ['mocha', 'mocha test/x.test.js'],
      ['node --test', 'node --test test/x.test.js'],
      ["node --import tsx --test 'test/**/*.test.js'", 'node --import tsx --test test/x.test.js'],
      [
        'mocha -r ts-node/register "test/**/*.js" --timeout 5000',
        'mocha -r ts-node/register --timeout 5000 test/x.test.js',
      ],
      ['NODE_ENV=test jest --config jest.config.js', 'NODE_ENV=test jest --config jest.config.js test/x.test.js'],
      ['npm run build && mocha test', 'npm run build && mocha test/x.test.js'],
      ['vitest', 'vitest --run test/x.test.js'],
      ['vitest run --coverage', 'vitest run --coverage test/x.test.js'],
      ['c8 ava', 'c8 ava test/x.test.js'],
      ['jest --watch', 'jest test/x.test.js'],
      ['npm run unit', 'mocha --exit test/x.test.js'],
      ['jasmine --config=spec/jasmine.json', 'jasmine --config=spec/jasmine.json test/x.test.js'],
      ['react-scripts test --watchAll=false', 'react-scripts test --watchAll=false test/x.test.js'],
      ['playwright test --project chromium', 'playwright test --project chromium test/x.test.js'],
      ['tape -r esm test/*.js', 'tape -r esm test/x.test.js'],
      ['bun test --timeout 900', 'bun test --timeout 900 test/x.test.js'],
    ];
    for (const [script, expected] of narrowed) {
      const plan = await find(
        { 'package.json': manifest(script, { scripts: { test: script, unit: 'mocha --exit test/' } }) },
        'test/x.test.js',
      );
      assert.deepEqual(lines(plan), ['', expected, 'npm run test'], script);
      assert.equal(plan?.foundIn, 'package.json');
    }
  });

  it('is the whole script where its runner cannot be told, or runs what was compiled elsewhere', async () => {
    for (const script of [
      'tsc && mocha dist/test/**/*.js',
      './scripts/test.sh',
      'node scripts/test.js',
      'mocha | tee out',
      'mocha $(ls test)',
      'karma start',
    ]) {
      assert.deepEqual(
        lines(await find({ 'package.json': manifest(script) }, 'test/x.test.ts')),
        ['', 'npm run test', undefined],
        script,
      );
    }
  });

  it('knows the package’s manager, its own pretest and its nearest manifest', async () => {
    const files = {
      'package.json': manifest('pnpm -r test'),
      'pnpm-lock.yaml': '',
      'packages/shop/package.json': JSON.stringify({ scripts: { test: 'mocha', pretest: 'tsc' } }),
    };
    assert.deepEqual(lines(await find(files, 'packages/shop/test/a b.test.js')), [
      'packages/shop',
      "pnpm run pretest && mocha 'test/a b.test.js'",
      'pnpm run test',
    ]);
  });

  it('is the runner that is installed or imported, where there is no script', async () => {
    const empty = manifest('echo "Error: no test specified" && exit 1', { devDependencies: { jest: '^30' } });
    assert.equal((await find({ 'package.json': empty }, 'a.test.js'))?.test, 'npx --no-install jest a.test.js');
    assert.equal(
      (await find({ 'package.json': '{}' }, 'a.test.js', "import { test } from 'node:test'"))?.test,
      'node --test a.test.js',
    );
    assert.equal(
      (await find({ 'package.json': '{}' }, 'a.test.ts', "import { it } from 'vitest'"))?.test,
      'npx --no-install vitest run a.test.ts',
    );
    assert.equal((await find({ 'deno.json': '{}' }, 'a_test.ts'))?.test, 'deno test -A a_test.ts');
    assert.equal(await find({ 'package.json': '{}' }, 'a.test.js'), undefined);
    assert.equal(await find({ 'package.json': 'not json' }, 'a.test.js'), undefined);
  });

  it('is found for the languages that we know', async () => {
    const cases: readonly (readonly [
      path: string,
      text: string,
      files: Readonly<Record<string, string>>,
      expected: readonly (string | undefined)[],
    ])[] = [
      [
        'tests/test_x.py',
        'def test_a(): pass',
        { 'pyproject.toml': '[tool.pytest.ini_options]' },
        ['', 'python3 -m pytest tests/test_x.py', 'python3 -m pytest'],
      ],
      [
        'tests/test_x.py',
        'import unittest',
        { 'setup.py': '' },
        ['', 'python3 -m unittest tests/test_x.py', 'python3 -m unittest discover -s tests'],
      ],
      [
        'test_x.py',
        'import unittest',
        { 'test_x.py': '' },
        ['', 'python3 -m unittest test_x.py', 'python3 -m unittest discover'],
      ],
      [
        'tests/test_x.py',
        'import pytest',
        { 'requirements.txt': 'pytest', '.venv/bin/python': '' },
        ['', '.venv/bin/python -m pytest tests/test_x.py', '.venv/bin/python -m pytest'],
      ],
      [
        'svc/tests/test_x.py',
        'import pytest',
        { 'svc/pyproject.toml': 'pytest', 'venv/bin/python': '' },
        ['svc', '../venv/bin/python -m pytest tests/test_x.py', '../venv/bin/python -m pytest'],
      ],
      [
        'tests/test_x.py',
        'import pytest',
        { 'pyproject.toml': 'pytest', 'uv.lock': '' },
        ['', 'uv run --no-sync python -m pytest tests/test_x.py', 'uv run --no-sync python -m pytest'],
      ],
      [
        'tests/test_x.py',
        'import pytest',
        { 'pyproject.toml': 'pytest', 'poetry.lock': '' },
        ['', 'poetry run python -m pytest tests/test_x.py', 'poetry run python -m pytest'],
      ],
      [
        'tests/test_x.py',
        'import unittest',
        { 'tox.ini': 'commands = stestr {posargs}' },
        ['', 'tox -q -- tests/test_x.py', 'tox -q'],
      ],
      ['shop/tests.py', '', { 'manage.py': '' }, ['', 'python3 manage.py test shop.tests', 'python3 manage.py test']],
      [
        'price/price_test.go',
        'func TestA(t *testing.T) {}\nfunc TestB(t *testing.T) {}',
        { 'go.mod': '' },
        ['', "go test -count=1 -run '^(TestA|TestB)$' ./price", 'go test -count=1 ./...'],
      ],
      ['tests/cents.rs', '', { 'Cargo.toml': '[package]' }, ['', 'cargo test --test cents', 'cargo test']],
      [
        'crates/a/src/price/mod.rs',
        '',
        { 'Cargo.toml': '[workspace]', 'crates/a/Cargo.toml': '[package]' },
        ['crates/a', 'cargo test price::', 'cargo test'],
      ],
      ['src/lib.rs', '', { 'Cargo.toml': '[package]' }, ['', 'cargo test', undefined]],
      [
        'shop/src/test/java/org/PriceTest.java',
        'package org;',
        { 'pom.xml': '', 'shop/pom.xml': '', mvnw: '' },
        [
          '',
          './mvnw -B -q test -pl shop -am -Dtest=PriceTest -DfailIfNoTests=false -Dsurefire.failIfNoSpecifiedTests=false',
          './mvnw -B -q test',
        ],
      ],
      [
        'app/src/test/kotlin/PriceTest.kt',
        'package org.shop',
        { gradlew: '', 'settings.gradle.kts': '', 'app/build.gradle.kts': '' },
        [
          '',
          './gradlew --no-daemon --console=plain :app:cleanTest :app:test --tests org.shop.PriceTest',
          './gradlew --no-daemon --console=plain test',
        ],
      ],
      ['spec/price_spec.rb', '', { Gemfile: '' }, ['', 'bundle exec rspec spec/price_spec.rb', 'bundle exec rspec']],
      ['test/price_test.rb', '', { Rakefile: '' }, ['', 'ruby -Ilib -Itest test/price_test.rb', 'rake test']],
      [
        'tests/PriceTest.php',
        '',
        { 'composer.json': '', 'vendor/bin/phpunit': '' },
        ['', 'php vendor/bin/phpunit tests/PriceTest.php', 'php vendor/bin/phpunit'],
      ],
      [
        'tests/PriceTest.php',
        '',
        { 'composer.json': '', 'vendor/bin/pest': '', 'vendor/bin/phpunit': '' },
        ['', 'php vendor/bin/pest tests/PriceTest.php', 'php vendor/bin/pest'],
      ],
      [
        'Tests/PriceTests.cs',
        '',
        { 'Shop.sln': '', 'Tests/Tests.csproj': '' },
        ['', "dotnet test Tests/Tests.csproj --filter 'FullyQualifiedName~PriceTests'", 'dotnet test'],
      ],
      ['test/price_test.exs', '', { 'mix.exs': '' }, ['', 'mix test test/price_test.exs', 'mix test']],
      [
        'src/test/scala/org/PriceSpec.scala',
        'package org',
        { 'build.sbt': '', 'project/build.properties': '' },
        [
          '',
          "sbt -Dsbt.server.autostart=false -no-colors 'testOnly *PriceSpec'",
          'sbt -Dsbt.server.autostart=false -no-colors test',
        ],
      ],
      [
        'core/src/test/java/PriceTest.java',
        '',
        { 'settings.gradle': '', 'core/build.gradle': '' },
        [
          '',
          'gradle --no-daemon --console=plain :core:cleanTest :core:test --tests PriceTest',
          'gradle --no-daemon --console=plain test',
        ],
      ],
      [
        'tests/test_x.py',
        'import unittest',
        { 'noxfile.py': 'session.run("stestr", *session.posargs)' },
        ['', 'nox -- tests/test_x.py', 'nox'],
      ],
      [
        'tests/test_x.py',
        'import pytest',
        { 'pyproject.toml': '[tool.hatch.envs.default]\ndependencies = ["pytest"]' },
        ['', 'hatch run python -m pytest tests/test_x.py', 'hatch run python -m pytest'],
      ],
      [
        'tests/test_x.py',
        'import pytest',
        { 'pyproject.toml': 'pytest', 'pdm.lock': '' },
        ['', 'pdm run python -m pytest tests/test_x.py', 'pdm run python -m pytest'],
      ],
      [
        'tests/test_x.py',
        'import pytest',
        { Pipfile: 'pytest', 'Pipfile.lock': '' },
        ['', 'pipenv run python -m pytest tests/test_x.py', 'pipenv run python -m pytest'],
      ],
      [
        'services/pay/pay_test.go',
        'func TestPay(t *testing.T) {}',
        { 'go.work': '', 'services/pay/go.mod': '', 'services/mail/go.mod': '' },
        ['services/pay', "go test -count=1 -run '^(TestPay)$' .", 'go test -count=1 ./...'],
      ],
      [
        'apps/shop/test/price_test.exs',
        '',
        { 'mix.exs': '', 'apps/shop/mix.exs': '' },
        ['apps/shop', 'mix test test/price_test.exs', 'mix test'],
      ],
      [
        'test/price_test.dart',
        '',
        { 'pubspec.yaml': 'dependencies:\n  flutter:\n    sdk: flutter\n' },
        ['', 'flutter test test/price_test.dart', 'flutter test'],
      ],
      [
        'test/models/order_test.rb',
        '',
        { Gemfile: '', 'bin/rails': '' },
        ['', 'ruby bin/rails test test/models/order_test.rb', 'ruby bin/rails test'],
      ],
      ['tests/price.c', '', { justfile: 'test *args:\n  ./run\n' }, ['', 'just test', undefined]],
      ['tests/price.c', '', { 'Taskfile.yml': 'tasks:\n  test:\n    cmds: []\n' }, ['', 'task test', undefined]],
      ['tests/price.c', '', { Makefile: 'all:\n', justfile: 'test:\n' }, ['', 'just test', undefined]],
      ['tests/price.c', '', { Makefile: 'all:\n\ntest: all\n\t./run\n' }, ['', 'make test', undefined]],
    ];
    for (const [path, text, files, expected] of cases)
      assert.deepEqual(lines(await find(files, path, text)), expected, path);
  });

  it('is not guessed where nothing says it', async () => {
    assert.equal(await find({}, 'tests/price.c'), undefined);
    assert.equal(await find({ Makefile: 'test := 1\n' }, 'tests/price.c'), undefined);
    assert.equal(await find({ 'Cargo.toml': '[workspace]' }, 'tests/x.rs'), undefined);
    assert.equal(await find({ 'MODULE.bazel': '', 'tests/BUILD.bazel': '' }, 'tests/price.cc'), undefined);
    assert.equal(await find({ justfile: 'test := "x"\n', 'Taskfile.yml': 'tasks:\n' }, 'tests/price.c'), undefined);
  });

  it('runs the tests among the edited files, not their data', async () => {
    const edited = [
      { path: 'test/data.json', text: '{}' },
      { path: 'src/helper.js', text: '' },
      { path: 'test/a.test.js', text: '' },
    ];
    const plan = await findTestPlan(project({ 'package.json': manifest('mocha') }), edited, 'linux');
    assert.equal(plan?.test, 'mocha test/a.test.js');
  });

  it('is what the user said, with the test’s files in their place', () => {
    const plan = planFromWords(
      'make one FILES={files}',
      ' make all ',
      [{ path: "test/it's.test.js", text: '' }],
      'linux',
    );
    assert.deepEqual(lines(plan), ['', "make one FILES='test/it'\\''s.test.js'", 'make all']);
    assert.equal(planFromWords('  ', undefined, [{ path: 'a.test.js', text: '' }]), undefined);
  });

  it('never lets a path say anything to the shell', async function () {
    this.timeout(30_000);
    const printed = (word: string): string =>
      execFileSync('/bin/sh', ['-c', `printf %s ${word}`], { encoding: 'utf8' });
    fc.assert(
      fc.property(
        fc.string({
          minLength: 1,
          maxLength: 20,
          unit: fc.constantFrom(...Array.from('ab /\'"$`\\!*?;&|<>(){}[]~#=%é-')),
        }),
        (text) => {
          const word = shellWord(text, 'linux');
          assert.equal(word === undefined ? undefined : printed(word).replace(/^\.\/(?=-)/, ''), text);
        },
      ),
      { numRuns: 60 },
    );
    for (const hostile of ['$(touch x)/Foo.java', "a';touch x;'.java", '-Dx=`id`.java', 'a b & c.java']) {
      const plan = await find({ 'pom.xml': '' }, `src/test/java/${hostile}`);
      const words = splitCommands(plan?.test ?? '');
      assert.ok(plan === undefined || words === undefined || words.length === 1, plan?.test);
    }
    assert.equal(shellWord('a%PATH%', 'win32'), undefined);
    assert.equal(shellWord('a b', 'win32'), '"a b"');
    assert.equal(shellWord('a\nb', 'linux'), undefined);
  });
});
