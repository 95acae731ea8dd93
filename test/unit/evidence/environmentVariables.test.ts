import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import assert from 'node:assert/strict';
import { findEnvironmentDeclarations } from '../../../src/evidence/environmentDeclarations.ts';
import { findEnvironmentReads } from '../../../src/evidence/environmentReads.ts';
import {
  environmentEvidence,
  environmentTable,
  readDeclaredNames,
} from '../../../src/evidence/environmentVariables.ts';
import { processorTime } from '../../support/processorTime.ts';

/** `NAME:line` or `NAME:line=default`, in order. */
const reads = (path: string, text: string): string[] =>
  findEnvironmentReads({ path, text }).map(
    (read) => `${read.name}:${read.line}${read.default === undefined ? '' : `=${read.default}`}`,
  );

const declared = (path: string, text: string): string[] =>
  findEnvironmentDeclarations({ path, text }).map(({ name, line }) => `${name}:${line}`);

describe('environment variables that are read', () => {
  it('in JavaScript and TypeScript', () => {
    const text = [
      'const key = process.env.STRIPE_KEY;',
      "const url = process.env['API_URL'] ?? 'http://localhost';",
      'const { PORT = 3000, HOST: host, NODE_ENV } = process.env;',
      'const mode = import.meta.env.VITE_MODE || "dev";',
      '// process.env.COMMENTED',
      'process.env.WRITTEN = "x";',
      'if (process.env.LEVEL === "debug") {}',
      'const env = process.env;',
      'connect(env.DATABASE_URL, env.POOL ?? 5);',
      'Deno.env.get("DENO_KEY");',
      'myprocess.environment.NOT;',
    ].join('\n');
    assert.deepEqual(reads('src/config.ts', text), [
      'STRIPE_KEY:1',
      "API_URL:2='http://localhost'",
      'PORT:3=3000',
      'HOST:3',
      'NODE_ENV:3',
      'VITE_MODE:4="dev"',
      'LEVEL:7',
      'DATABASE_URL:9',
      'POOL:9=5',
      'DENO_KEY:10',
    ]);
  });

  it('in Python', () => {
    const text = `a = os.environ["A"]\nb = os.environ.get('B', 'x')\nc = os.getenv("C")\nd = env.int("D", default=5)\n# os.environ["E"]\nos.environ["F"] = "1"\n`;
    assert.deepEqual(reads('app/settings.py', text), ['A:1', "B:2='x'", 'C:3', 'D:4=5']);
  });

  it('in Ruby, Go, Java and Kotlin', () => {
    assert.deepEqual(reads('a.rb', `ENV['A']\nENV.fetch("B", "x")\nENV.fetch('C') { 5 }\nENV.fetch('D')\n`), [
      'A:1',
      'B:2="x"',
      'C:3=5',
      'D:4',
    ]);
    assert.deepEqual(
      reads(
        'a.go',
        'a := os.Getenv("A")\nb, ok := os.LookupEnv("B")\ntype C struct {\n\tX string `env:"C,required"`\n}\n',
      ),
      ['A:1', 'B:2', 'C:4'],
    );
    assert.deepEqual(
      reads(
        'A.java',
        'String a = System.getenv("A");\n@Value("${B_URL:http://x}") String b;\nSystem.getenv().getOrDefault("C", "d");\n',
      ),
      ['A:1', 'B_URL:2=http://x', 'C:3="d"'],
    );
    assert.deepEqual(reads('A.kt', 'val a = System.getenv("A") ?: "x"\n'), ['A:1="x"']);
  });

  it('in PHP, C#, Rust, Dart and Elixir', () => {
    assert.deepEqual(
      reads('a.php', `<?php env('A', 'x'); getenv("B"); $_ENV['C'] ?? 'd';\n$_SERVER['HTTP_HOST']; $_SERVER['D'];`),
      ["A:1='x'", 'B:1', "C:1='d'", 'D:2'],
    );
    assert.deepEqual(reads('A.cs', 'var a = Environment.GetEnvironmentVariable("A") ?? "x";\n'), ['A:1="x"']);
    assert.deepEqual(
      reads('a.rs', 'let a = env::var("A")?;\nlet b = std::env::var("B").unwrap_or("x".into());\noption_env!("C");\n'),
      ['A:1', 'B:2="x"', 'C:3'],
    );
    assert.deepEqual(
      reads('a.dart', `Platform.environment['A'];\nconst b = String.fromEnvironment('B', defaultValue: 'x');\n`),
      ['A:1', "B:2='x'"],
    );
    assert.deepEqual(
      reads('config/runtime.exs', 'System.fetch_env!("A")\nSystem.get_env("B", "x")\nSystem.get_env("C")\n'),
      ['A:1', 'B:2="x"', 'C:3'],
    );
  });

  it('in shell scripts, without their own variables and the ones that every shell has', () => {
    const text =
      '#!/bin/sh\nDIR=$HOME/x\nfor f in a b; do echo "$f $DIR"; done\ncurl "$API_URL" -H "${TOKEN:?missing}"\nPORT=${PORT:-80}\n';
    assert.deepEqual(reads('deploy.sh', text), ['API_URL:4', 'TOKEN:4', 'PORT:5=80']);
  });

  it('in templates of configuration', () => {
    assert.deepEqual(reads('compose.yaml', 'image: x:${TAG:-latest}\n# ${OLD}\nkey: ${KEY?missing}\n'), [
      'TAG:1=latest',
      'KEY:3',
    ]);
    assert.deepEqual(reads('application.properties', 'url=${DB_URL:jdbc:x}\nuser=${DB_USER}\n'), [
      'DB_URL:1=jdbc:x',
      'DB_USER:2',
    ]);
  });

  it('in no time from hostile text', () => {
    for (const piece of [
      '{',
      'process.env.',
      '${',
      "env('",
      'ENV[',
      '{a:',
      'const env = process.env\n',
      'A=',
      ' ',
      '$A',
    ]) {
      const text = piece.repeat(Math.ceil(200_000 / piece.length));
      for (const path of ['a.ts', 'a.py', 'a.rb', 'a.php', 'a.sh', 'a.yml', 'a.rs']) {
        const started = processorTime();
        findEnvironmentReads({ path, text });
        assert.ok(processorTime() - started < 1500, `${path}: ${piece}`);
      }
    }
  }).timeout(30_000);
});

describe('environment variables that are declared', () => {
  it('in environment files, by name', () => {
    const text = 'A=1\nexport B="two\nC=not a name\nend"\n# D=4\nE=\n  F = x # comment\nnot a line\n';
    assert.deepEqual(declared('.env.example', text), ['A:1', 'B:2', 'E:6', 'F:7']);
    assert.deepEqual(declared('.env', text), ['A:1', 'B:2', 'E:6', 'F:7']);
  });

  it('in compose files, manifests and workflows', () => {
    const compose = `services:\n  web:\n    environment:\n      - A=1\n      - B\n    ports: ["80:80"]\n  db:\n    environment:\n      C: x\n      D:\n    image: y\n`;
    assert.deepEqual(declared('docker-compose.yml', compose), ['A:4', 'B:5', 'C:9', 'D:10']);
    const manifest = `spec:\n  containers:\n    - name: web\n      env:\n        - name: A\n          value: "1"\n        - name: B\n          valueFrom:\n            secretKeyRef:\n              name: shop-secret\n              key: b\n      image: x\n---\nkind: ConfigMap\nmetadata:\n  name: NOT\ndata:\n  C: x\n  nginx.conf: |\n    D: y\n`;
    assert.deepEqual(declared('k8s/web.yaml', manifest), ['A:5', 'B:7', 'C:18']);
    const workflow = `env:\n  A: 1\njobs:\n  x:\n    steps:\n      - run: x\n        env:\n          B: \${{ secrets.B }}\n      - run: C\n`;
    assert.deepEqual(declared('.github/workflows/ci.yml', workflow), ['A:2', 'B:8']);
  });

  it('in Dockerfiles and service units', () => {
    assert.deepEqual(declared('Dockerfile', 'FROM x\nARG A\nENV B=1 C="two D=3" \\\n    E=5\nENV F g\nRUN G=1 x\n'), [
      'A:2',
      'B:3',
      'C:3',
      'E:4',
      'F:5',
    ]);
    assert.deepEqual(declared('shop.service', '[Service]\nEnvironment="A=1"\nExecStart=x\n'), ['A:2']);
  });

  it('nowhere in other files', () => {
    assert.deepEqual(declared('src/a.ts', 'A=1\n'), []);
  });
});

describe('environment table', () => {
  const sources = [
    {
      path: 'src/pay.js',
      text: "process.env.STRIPE_KEY;\nprocess.env.PORT ?? 80;\nprocess.env.MODE;\nprocess.env.MODE || 'x';",
    },
  ];
  const declarations = findEnvironmentDeclarations({ path: '.env.example', text: 'MODE=\nUNREAD=\n' });

  it('says what is missing first, and counts a default only when every read has one', () => {
    const table = environmentTable(sources, declarations);
    assert.deepEqual(
      table.map(({ name, status, hasDefault }) => [name, status, hasDefault]),
      [
        ['STRIPE_KEY', 'missing', false],
        ['MODE', 'onlyInExample', false],
        ['PORT', 'missing', true],
      ],
    );
    const evidence = environmentEvidence(table, sources);
    assert.equal(evidence.title, '3 environment variables, 2 not declared, 1 doubtful');
    assert.match(evidence.text, /^STRIPE_KEY: NOT DECLARED, no default; read at src\/pay\.js:1\n/);
    assert.match(
      evidence.text,
      /MODE: ONLY IN THE EXAMPLE, no default; read at src\/pay\.js:3, src\/pay\.js:4 \(default 'x'\); declared at \.env\.example:1 \(example\)\n/,
    );
  });

  it('never holds a value of an environment file', async () => {
    const root = await mkdtemp(join(tmpdir(), 'env '));
    try {
      const path = join(root, '.env.production');
      await writeFile(path, 'STRIPE_KEY=sk_live_hunter2\nexport MODE="hunter2\nhunter2=x"\n');
      const signal = new AbortController().signal;
      const names = await readDeclaredNames({ path, displayPath: '.env.production', roots: [root], signal });
      assert.ok(names.ok);
      assert.deepEqual(
        names.value.map(({ name, line, source }) => `${name}:${line} ${source}`),
        ['STRIPE_KEY:1 values', 'MODE:2 values'],
      );
      const evidence = environmentEvidence(environmentTable(sources, names.value), sources);
      assert.doesNotMatch(JSON.stringify([names, evidence]), /hunter2/);
      const outside = await readDeclaredNames({ path: '/etc/hostname', displayPath: 'x', roots: [root], signal });
      assert.equal(outside.ok ? 'none' : outside.failure.kind, 'outsideWorkspace');
    } finally {
      await rm(root, { recursive: true });
    }
  });
});
