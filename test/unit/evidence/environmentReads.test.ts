import assert from 'node:assert/strict';
import { findEnvironmentDeclarations } from '../../../src/evidence/environmentDeclarations.ts';
import { findEnvironmentReads } from '../../../src/evidence/environmentReads.ts';
import { findRuntimeReads } from '../../../src/evidence/environmentRuntimeReads.ts';
import {
  environmentEvidence,
  environmentTable,
  unreadDeclarations,
} from '../../../src/evidence/environmentVariables.ts';
import { readHandDeclaredNames, readHandDeclarations, readHandReads } from '../../support/handReads.ts';
import { processorTime } from '../../support/processorTime.ts';

describe('reads of environment variables that a reader listed by hand', () => {
  const texts = readHandReads();

  it('are at least 140, in every language', () => {
    assert.ok(texts.reduce((sum, { reads }) => sum + reads.length, 0) >= 140);
    const endings = new Set(texts.map(({ path }) => path.split('.').at(-1)));
    for (const ending of ['ts', 'py', 'rb', 'go', 'java', 'kt', 'php', 'cs', 'rs', 'sh', 'yml'])
      assert.ok(endings.has(ending));
  });

  for (const { path, reads, defaults, text } of texts)
    it(`are found in ${path}, and no others`, () => {
      const found = findEnvironmentReads({ path, text });
      assert.deepEqual(found.map(({ name, line }) => `${name}@${line}`).sort(), [...reads].sort());
      const told = found.map((read) => `${read.name}@${read.line}=${read.default ?? ''}`);
      for (const value of defaults) assert.ok(told.includes(value), `${value} among ${told.join(', ')}`);
    });
});

describe('declarations of environment variables that a reader listed by hand', () => {
  for (const { path, declares, text } of readHandDeclarations())
    it(`are found in ${path}, and no others`, () => {
      const found = findEnvironmentDeclarations({ path, text });
      assert.deepEqual(found.map(({ name, line, value }) => `${name}@${line} ${value}`).sort(), [...declares].sort());
    });
});

describe('names that sixty kinds of files declare, listed by hand', () => {
  const texts = readHandDeclaredNames();

  for (const { path, declares, text } of texts)
    it(`are those of ${path}, and no others, each with its line`, () => {
      const found = findEnvironmentDeclarations({ path, text });
      assert.deepEqual([...new Set(found.map(({ name }) => name))].sort(), [...declares].sort());
      for (const { name, line } of found) assert.ok(text.split('\n')[line - 1]?.includes(name), `${name} at ${line}`);
    });

  it('are the same with Windows line breaks and paths', () => {
    for (const { path, text } of texts) {
      const windows = { path: path.replaceAll('/', '\\'), text: text.replaceAll('\n', '\r\n') };
      const names = (found: ReturnType<typeof findEnvironmentDeclarations>) =>
        found.map(({ name, line, value }) => `${name}@${line} ${value}`);
      assert.deepEqual(
        names(findEnvironmentDeclarations(windows)),
        names(findEnvironmentDeclarations({ path, text })),
        path,
      );
    }
  });

  it('are found in linear time, whatever the file holds', () => {
    const pieces = [
      'A=',
      'export A=1 ',
      '"env": { "A": "',
      '"name": "A", ',
      'env: [A, ',
      'environment: &a\n  ',
      '- A=1 A=2 ',
      'env {\n',
      '<env name="A" ',
      '<<EOH\n',
      '"x": "A=1 ',
      'env = ["A=1", ',
    ];
    for (const { path } of texts)
      for (const piece of pieces) {
        const started = processorTime();
        findEnvironmentDeclarations({ path, text: piece.repeat(Math.ceil(100_000 / piece.length)) });
        assert.ok(processorTime() - started < 1000, `${path}: ${piece}`);
      }
  }).timeout(60_000);
});

describe('settings of frameworks', () => {
  const declare = (path: string, text: string): ReturnType<typeof findEnvironmentDeclarations> =>
    findEnvironmentDeclarations({ path, text });

  it('are declared by the keys of appsettings.json, without their values', () => {
    const text =
      '{\n  // of the shop\n  "Stripe": { "Key": "sk_live_abc", "Hosts": ["a", "b"] },\n  "Smtp": {\n    "Host": "mail:25"\n  }\n}\n';
    const declared = declare('src/appsettings.Production.json', text);
    assert.deepEqual(
      declared.map(({ name, line }) => `${name}@${line}`),
      ['Stripe@3', 'Stripe__Key@3', 'Stripe__Hosts@3', 'Smtp@4', 'Smtp__Host@5'],
    );
    assert.ok(!JSON.stringify(declared).includes('sk_live'));
  });

  it('are declared by the keys of Spring’s files, with and without hyphens', () => {
    const yaml = declare(
      'src/main/resources/application-prod.yml',
      'payment:\n  api-url: http://x\n  retry:\n    max: 3\n',
    );
    assert.deepEqual(
      yaml.map(({ name }) => name),
      ['PAYMENT', 'PAYMENT_API_URL', 'PAYMENT_APIURL', 'PAYMENT_RETRY', 'PAYMENT_RETRY_MAX'],
    );
    const properties = declare('application.properties', '# x=1\npayment.api-url = http://x\n');
    assert.deepEqual(
      properties.map(({ name, line }) => `${name}@${line}`),
      ['PAYMENT_API_URL@2', 'PAYMENT_APIURL@2'],
    );
  });

  it('that stand in such a file are not missing, and its other keys are not told as unread', () => {
    const code = 'var a = configuration["Stripe:Key"]; var b = configuration["Stripe:Secret"];';
    const declarations = declare('appsettings.json', '{"Stripe": {"Key": ""}, "Logging": {"Level": "x"}}');
    const table = environmentTable([{ path: 'Pay.cs', text: code }], declarations);
    assert.deepEqual(
      table.map(({ name, status }) => `${name} ${status}`),
      ['Stripe__Secret missing', 'Stripe__Key declared'],
    );
    assert.deepEqual(unreadDeclarations(table, declarations), []);
  });

  it('are looked for in linear time', () => {
    const slow: string[] = [];
    for (const [path, piece] of [
      ['a.py', 'class A(BaseSettings):\n'],
      ['a.py', 'class A(BaseSettings):\n    a: b = Field('],
      ['a.py', '"a" in '],
      ['a.java', '@ConfigurationProperties("a")\n  private '],
      ['a.java', '${a.b.'],
      ['a.java', '  private private private\n'],
      ['a.cs', 'configuration["'],
      ['a.cs', 'config.GetSection("a").Get<'],
      ['a.cs', 'configconfig'],
      ['a.cs', '.Configure<A>(config.GetSection("b")); class A { public string '],
      ['a.rs', '#[arg(env '],
      ['a.go', 'os.ExpandEnv("'],
      ['a.ts', 'import { env '],
      ['a.ts', '"a" in '],
      ['a.ts', 'process.env[a '],
      ['a.ts', 'process.env[a]; '],
      ['a.py', 'os.environ[f"'],
      ['a.ts', 'z.object({'],
      ['a.ts', 'A.parse(process.env'],
      ['a.ts', 'cleanEnv(process.env, {A:'],
      ['a.ts', 'const A = a('],
      ['a.py', 'from os import environ as env; env["A"'],
      ['a.py', 'envvar=["A", '],
      ['a.go', 'EnvVars: []string{"A", '],
      ['a.go', 'default:"4" '],
      ['a.go', '.AutomaticEnv().GetString("a")'],
      ['a.rs', '#[arg(a, env, '],
      ['a.yml', '<%= ENV '],
      ['a.yml', '%env(a:'],
      ['a.yml', '${{ secrets '],
      ['a.java', '.getProperty("a", a.'],
      ['main.tf', 'env {\n'],
      ['fly.toml', '[env]\nA = "'],
      ['app.json', '{"env": {"A": "'],
      ['a.service', 'Environment="A=b" '],
      ['appsettings.json', '{"a":'],
      ['application.yml', 'a:\n '],
    ] as const) {
      const text = piece.repeat(Math.ceil((128 * 1024) / piece.length));
      const started = processorTime();
      findEnvironmentReads({ path, text });
      findEnvironmentDeclarations({ path, text });
      if (processorTime() - started > 1_000) slow.push(`${path} ${piece}`);
    }
    assert.deepEqual(slow, []);
  }).timeout(60_000);
});

describe('reads whose names are made at run time', () => {
  const dynamic: readonly (readonly [
    path: string,
    text: string,
    places: readonly number[],
    named: readonly string[],
  ])[] = [
    [
      'a.ts',
      'const a = process.env[name];\nprocess.env[`SHOP_${key}`];\nprocess.env["PLAIN"];\nprocess.env[key] = "1";\n',
      [1, 2],
      ['PLAIN'],
    ],
    ['b.ts', "const KEY = 'STRIPE_KEY';\nfetch(process.env[KEY]);\n// process.env[other]\n", [], ['STRIPE_KEY']],
    ['c.ts', "let KEY = 'A';\nKEY = 'B';\nfetch(process.env[KEY]);\n", [3], []],
    ['d.py', 'x = os.environ[key]\ny = os.getenv(f"SHOP_{name}", "1")\nz = os.environ["PLAIN"]\n', [1, 2], ['PLAIN']],
    ['e.py', 'TOKEN_VARIABLE: str = "API_TOKEN"\nz = os.environ.get(TOKEN_VARIABLE)\n', [], ['API_TOKEN']],
    ['f.rb', 'ENV[name]\nENV.fetch("A_#{b}")\nENV.fetch("PLAIN", nil)\n', [1, 2], ['PLAIN']],
    ['g.go', 'const keyName = "SHOP_KEY"\nv := os.Getenv(keyName)\nw := os.Getenv(prefix + name)\n', [3], ['SHOP_KEY']],
    ['H.java', 'String a = System.getenv(name);\nMap<String, String> m = System.getenv();\n', [1], []],
    ['i.php', '<?php\n$a = getenv($name);\n$b = getenv();\n$c = $_ENV[$key];\n', [2, 4], []],
    [
      'J.cs',
      'const string Name = "SHOP_KEY";\nvar a = Environment.GetEnvironmentVariable(Name);\nEnvironment.GetEnvironmentVariable(key);\n',
      [3],
      ['SHOP_KEY'],
    ],
    [
      'k.rs',
      'const NAME: &str = "SHOP_KEY";\nlet a = std::env::var(NAME)?;\nlet b = env::var(&key)?;\n',
      [3],
      ['SHOP_KEY'],
    ],
    ['l.sh', 'echo "${!name}"\n', [1], []],
  ];
  for (const [path, text, places, named] of dynamic)
    it(`are told with their place in ${path}, and only a constant of the file is followed`, () => {
      assert.deepEqual(
        findRuntimeReads(path, text).places.map(({ line }) => line),
        places,
      );
      assert.deepEqual(
        findEnvironmentReads({ path, text }).map(({ name }) => name),
        named,
      );
    });

  it('stand in the evidence as places, without a name', () => {
    const { text } = environmentEvidence([], [{ path: 'src/a.ts', text: 'fetch(process.env[name]);\n' }]);
    assert.match(text, /Read by a name that is made at run time, so not listed here: src\/a\.ts:1$/m);
  });
});
