import assert from 'node:assert/strict';
import { findEnvironmentDeclarations } from '../../../src/evidence/environmentDeclarations.ts';
import {
  environmentEvidence,
  environmentTable,
  unreadDeclarations,
} from '../../../src/evidence/environmentVariables.ts';
import { shapeOfValue } from '../../../src/evidence/environmentValueShape.ts';
import { productionEvidence } from '../../../src/evidence/productionEnvironment.ts';

const source = (...names: string[]) => [
  { path: 'src/pay.js', text: names.map((name) => `use(process.env.${name});`).join('\n') },
];
const declared = (files: Readonly<Record<string, string>>) =>
  Object.entries(files).flatMap(([path, text]) => findEnvironmentDeclarations({ path, text }));

describe('status of an environment variable', () => {
  const statusOf = (name: string, files: Readonly<Record<string, string>>): string | undefined =>
    environmentTable(source(name), declared(files))[0]?.status;

  it('is missing, only in the example, or declared', () => {
    assert.equal(statusOf('A', { '.env': 'B=1' }), 'missing');
    assert.equal(statusOf('A', { '.env.example': 'A=' }), 'onlyInExample');
    assert.equal(statusOf('A', { '.env.example': 'A=', '.env': 'A=1' }), 'declared');
  });

  it('is empty or blank where a declaration is, in any place', () => {
    for (const [path, empty, blank] of [
      ['.env', 'A=\n', 'A="  "\n'],
      ['.env.production', "export A=''\n", "A=' \t'\n"],
      [
        'compose.yaml',
        'services:\n  web:\n    environment:\n      - A=\n',
        'services:\n  web:\n    environment:\n      A: "  "\n',
      ],
      ['k8s/web.yaml', 'env:\n  - name: A\n    value: ""\n', 'env:\n  - name: A\n    value: " "\n'],
      ['Dockerfile', 'ENV A=""\n', 'ENV A=" "\n'],
      ['shop.service', '[Service]\nEnvironment="A="\n', '[Service]\nEnvironment="A=  "\n'],
    ] as const) {
      assert.equal(statusOf('A', { [path]: empty }), 'empty', path);
      assert.equal(statusOf('A', { [path]: blank }), 'blank', path);
    }
  });

  it('is that of a wrong shape for a URL that is none and a number that is none', () => {
    assert.equal(statusOf('API_URL', { '.env': 'API_URL=api.example.org/v1' }), 'notAUrl');
    assert.equal(statusOf('PORT', { '.env': 'PORT=eighty' }), 'notANumber');
    assert.equal(statusOf('API_URL', { '.env': 'API_URL=https://api.example.org' }), 'declared');
    assert.equal(statusOf('PORT', { '.env': 'PORT=8080 # http' }), 'declared');
  });

  it('is declared where the value comes from elsewhere', () => {
    const manifest = 'env:\n  - name: A\n    valueFrom:\n      secretKeyRef:\n        name: x\n        key: y\n';
    for (const files of [
      { 'k8s/web.yaml': manifest },
      { 'compose.yaml': 'services:\n  web:\n    environment:\n      - A\n' },
      { '.github/workflows/ci.yml': 'env:\n  A: ${{ secrets.A }}\n' },
      { Dockerfile: 'ARG A\n' },
      { '.env': 'A="first\nsecond"\n' },
    ])
      assert.equal(statusOf('A', files), 'declared', JSON.stringify(files));
  });
});

describe('shape of a value', () => {
  it('is judged by its name, kindly', () => {
    const urls = ['postgres://u:p@h/d', '${API_URL}', '/api', 'sqlite:memory', '<your url>'];
    for (const value of urls) assert.match(shapeOfValue('DATABASE_URL', value), /^(set|unknown)$/, value);
    for (const value of ['30', '30s', '512MB', '1_000', '0.5', '50%', 'unlimited'])
      assert.equal(shapeOfValue('MEMORY_LIMIT', value), 'set', value);
    assert.equal(shapeOfValue('REPORT', 'eighty'), 'set');
    assert.equal(shapeOfValue('DATABASE_URL', 'localhost'), 'notAUrl');
    assert.equal(shapeOfValue('DB_TIMEOUT', 'x30'), 'notANumber');
  });
});

describe('environment table with statuses', () => {
  const sources = [
    {
      path: 'src/pay.js',
      text: 'process.env.STRIPE_KEY;\nprocess.env.PORT ?? 80;\nprocess.env.API_URL;\nprocess.env.MODE;',
    },
  ];
  const declarations = declared({
    '.env': 'API_URL=nowhere\nSTRIPE_SECRET_KEY=hunter2value\nUNUSED=hunter2value\nMODE=a\n',
    '.env.example': 'API_URL=\nMODE=\nOTHER=\n',
  });
  const table = environmentTable(sources, declarations);

  it('says what is wrong, where, with the default, and what may be meant instead', () => {
    const { title, text } = environmentEvidence(table, sources, unreadDeclarations(table, declarations));
    assert.equal(title, '4 environment variables, 2 not declared, 1 doubtful');
    assert.deepEqual(text.split('\n'), [
      'STRIPE_KEY: NOT DECLARED, no default; read at src/pay.js:1',
      'API_URL: DECLARED, BUT NO URL, no default; read at src/pay.js:3; declared at .env:1 (no URL), .env.example:1 (example)',
      'PORT: not declared, has a default; read at src/pay.js:2 (default 80)',
      'MODE: declared; read at src/pay.js:4; declared at .env:4, .env.example:2 (example)',
      '',
      'STRIPE_KEY is not declared, but STRIPE_SECRET_KEY is, at .env:2, and is not read',
      'Declared, and not read by these files: STRIPE_SECRET_KEY (.env:2), UNUSED (.env:3)',
    ]);
  });

  it('holds no value', () => {
    assert.doesNotMatch(JSON.stringify([declarations, table, environmentEvidence(table, sources)]), /hunter2|nowhere/);
  });

  it('is held against the names that are set in production', () => {
    const { kind, title, text } = productionEvidence(table, ['MODE', 'API_URL', 'HOME', 'SECRET_OF_SOMEBODY']);
    assert.equal(kind, 'productionEnvironment');
    assert.equal(title, 'Production lacks STRIPE_KEY');
    assert.deepEqual(text.split('\n'), [
      'STRIPE_KEY: NOT SET IN PRODUCTION, no default',
      'PORT: not set in production, has a default',
      'API_URL: set in production',
      'MODE: set in production',
      '2 other names set in production, not read by these files',
    ]);
    assert.match(productionEvidence(table, ['MODE', 'API_URL', 'STRIPE_KEY']).title, /^Production has what is needed/);
  });
});
