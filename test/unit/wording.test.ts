import assert from 'node:assert/strict';
import ts from 'typescript';
import type { Failure } from '../../src/model/failure.ts';
import { explain, explainInOneLine, withoutLinks } from '../../src/wording.ts';
import { nodes, readSources } from '../support/sources.ts';

/** Facts of every name that a failure may have; each kind takes those that it knows. */
const facts = {
  path: 'logs/error.log',
  folder: 'checkout',
  command: 'log',
  detail: 'fatal: bad revision',
  baseline: 'HEAD~5',
  bytes: 2_621_440,
  characters: 700_000,
  limit: 1_048_576,
  code: 'EACCES',
  terminal: 'zsh',
  url: 'http://host',
  reason: 'notHttps',
  endpoint: 'Anthropic',
  parameter: 'tools',
  spent: 1.2,
  estimate: 0.004,
  model: 'claude-x',
  status: 400,
  requestId: 'req_1',
  retryAfterSeconds: 40,
  hop: 'dns',
  seconds: 60,
  step: 'Orient',
  format: 2,
  what: 'The text',
  problems: [{ kind: 'notFound', nearest: { line: 10, endLine: 14 }, path: 'src/a.js', part: 'fix', number: 2 }],
  missing: ['test'],
  paths: ['src/a.js'],
  host: 'api.anthropic.com',
};

/** The kinds as their source has them: a kind that is added without words fails here. */
function kinds(): string[] {
  const [source] = readSources('src/model/failure.ts');
  assert.ok(source);
  return [...nodes(source.ast)].flatMap((node) =>
    ts.isPropertySignature(node) && node.name.getText() === 'kind' && node.type !== undefined
      ? [node.type.getText().slice(1, -1)]
      : [],
  );
}

describe('wording', () => {
  const failureOf = (more: object): Failure => ({ ...facts, ...more }) as unknown as Failure;

  function assertWords(failure: Failure): void {
    const { what, next, action } = explain(failure);
    for (const text of [what, next]) {
      assert.match(text, /^\S[^]*[.!?…]$/, `${failure.kind}: ${text}`);
      assert.doesNotMatch(text, /undefined|NaN|\[object|\$\{/, `${failure.kind}: ${text}`);
    }
    assert.ok(action === undefined || action.label !== '');
    assert.equal(explainInOneLine(failure), `${what} ${next}`);
  }

  it('has a sentence of what happened and one of what to do for every kind of failure', () => {
    const all = kinds().filter((kind) => kind !== 'nothingThere');
    assert.ok(all.length > 40, `${all.length} kinds`);
    for (const kind of all) assertWords(failureOf({ kind }));
  });

  it('has them for every reason, place and hop', () => {
    for (const what of ['clipboard', 'selection', 'terminal', 'errorText', 'reply', 'patterns', 'monitors', 'rollback'])
      assertWords(failureOf({ kind: 'nothingThere', what }));
    for (const reason of ['notAUrl', 'notHttps', 'hasCredentials', 'hasQuery'])
      assertWords(failureOf({ kind: 'badEndpoint', reason }));
    for (const hop of ['dns', 'refused', 'tls', 'proxy', 'redirect', 'network'])
      assertWords(failureOf({ kind: 'unreachable', hop }));
  });

  it('has them where a fact that may be missing is missing', () => {
    for (const kind of ['rateLimited', 'keyRefused', 'overloaded', 'terminalUnavailable']) {
      assertWords(failureOf({ kind, requestId: undefined, retryAfterSeconds: undefined, terminal: undefined }));
    }
  });

  it('has them for a kind that only a newer version knows, as a journal may hold one', () => {
    assertWords(failureOf({ kind: 'kindOfLater' }));
  });

  it('tells how long to wait in words', () => {
    assert.match(explain({ kind: 'rateLimited', endpoint: 'A', retryAfterSeconds: 40 }).next, /in 40 seconds/);
    assert.match(explain({ kind: 'rateLimited', endpoint: 'A', retryAfterSeconds: 600 }).next, /in 10 minutes/);
  });

  it('offers to set the key where the key is what is wrong', () => {
    assert.equal(explain({ kind: 'noKey' }).action?.command, 'setApiKey');
    assert.equal(explain({ kind: 'keyRefused', endpoint: 'A' }).action?.command, 'setApiKey');
  });

  it('leave no link in a notification, which the editor would make of the name of a file', () => {
    // How the editor finds links in a notification: a label in brackets, then an address of one of these schemes.
    const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;
    const names = [
      '[click](command:workbench.action.terminal.new)',
      'a[b](https://evil.example)',
      'x]([y](file:///etc/passwd))',
      '[a](command:x "title")',
      '[a]\n(command:x)',
    ];
    for (const name of names) {
      const words = withoutLinks(explainInOneLine({ kind: 'fileMissing', path: name }));
      assert.doesNotMatch(words, link);
      assert.doesNotMatch(words, /\p{Cc}/u);
    }
  });

  it('stand in a notification without links wherever a value is put into them', () => {
    const open: string[] = [];
    let seen = 0;
    for (const { path, ast } of readSources('src/**/*.ts')) {
      for (const node of nodes(ast)) {
        if (
          !ts.isCallExpression(node) ||
          !/\bshow(?:Information|Warning|Error)Message$/.test(node.expression.getText())
        )
          continue;
        seen += 1;
        const [words] = node.arguments;
        const ours = words !== undefined && /^t\(\s*'[^{}]*',?\s*\)$/.test(words.getText());
        if (!ours && words?.getText().startsWith('withoutLinks(') !== true) open.push(`${path}: ${words?.getText()}`);
      }
    }
    assert.ok(seen > 10, `only ${seen} notifications were found`);
    assert.deepEqual(open, []);
  });
});
