import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { IncidentStore } from '../../../src/incident/store.ts';
import { Investigation } from '../../../src/investigation/investigation.ts';
import { untitled } from '../../../src/model/untitled.ts';
import type { InvestigationWorld } from '../../../src/investigation/world.ts';
import { fail, succeed } from '../../../src/model/failure.ts';
import type { Failure, Result } from '../../../src/model/failure.ts';
import { recordOf } from '../../../src/model/incident.ts';
import { replyText } from '../../../src/model/reply.ts';
import { stepIds } from '../../../src/model/steps.ts';
import { ClaudeServer, hangUp, refused, reply, silence, streamed } from '../../support/claudeServer.ts';
import { answerTo, log, stripeKey, testWorld } from '../../support/investigationWorld.ts';
import { records } from '../../support/records.ts';
import { TemporaryRepository } from '../../support/temporaryRepository.ts';
import { useTemporaryFolder } from '../../support/temporaryFolder.ts';
import { until } from '../../support/until.ts';

describe('investigation', () => {
  const folder = useTemporaryFolder();
  let server: ClaudeServer;
  let key: string | undefined;
  let files: Map<string, Result<string>>;
  let store: IncidentStore;
  let investigation: Investigation;
  let repository: TemporaryRepository;
  const logged: string[] = [];

  before(async () => {
    repository = await TemporaryRepository.create();
    await repository.commit('payment.js', '// payment.js\n', 'Take payments');
  });
  after(() => repository.remove());
  const signal = new AbortController().signal;
  const path = (): string => join(folder(), 'one.jsonl');

  beforeEach(async () => {
    server = await ClaudeServer.start();
    key = 'sk-test-key-0123456789';
    files = new Map();
    logged.length = 0;
    store = IncidentStore.start({ path: path(), now: Date.now, id: 'one', title: untitled });
    investigation = new Investigation(store, world());
  });
  afterEach(async () => {
    await investigation.stop();
    store.dispose();
    await server.stop();
  });

  function world(more: Partial<InvestigationWorld> = {}): InvestigationWorld {
    return testWorld(server.url, {
      key: async () => key,
      readSuspect: async ({ path: title, uri }) => {
        const text = files.get(uri) ?? succeed(`// ${title}\n`);
        return text.ok ? succeed({ kind: 'file', title, source: title, uri, text: text.value, firstLine: 1 }) : text;
      },
      environmentTable: async () => succeed([]),
      houseRules: async () => [],
      trusted: () => true,
      folders: () => [repository.root],
      pathOf: (uri) => repository.path(uri.slice(uri.lastIndexOf('/') + 1)),
      folderOf: () => repository.root,
      log: (message) => logged.push(message),
      ...more,
    });
  }

  const kindOf = (failure: Failure | undefined): string | undefined => failure?.kind;
  const addSuspects = (...names: readonly string[]): void => {
    for (const name of names)
      assert.equal(investigation.addSuspect({ uri: `file:///w/${name}`, path: name }), undefined);
  };
  /** The conversation that a request carried, without its closing brackets. */
  const sent = (at: number): string => {
    const { body } = server.requests.at(at) ?? assert.fail('no such request');
    return body.slice(body.indexOf('"messages":'), -']}]}'.length);
  };

  it('asks nothing without an error, and nothing without a key, and keeps what was collected', async () => {
    assert.equal(kindOf(await investigation.ask({ step: 'orient', kind: 'step' })), 'noEvidence');
    assert.equal(kindOf(await investigation.ask({ step: 'files', kind: 'step' })), 'noSuspects');
    await investigation.addEvidence(log);
    key = undefined;
    assert.equal(kindOf(await investigation.ask({ step: 'orient', kind: 'step' })), 'noKey');
    assert.equal(investigation.incident.evidence.length, 1);
    assert.deepEqual([investigation.incident.runs, server.requests], [[], []]);
  });

  it('sends no secret, and holds none in its journal', async () => {
    await investigation.addEvidence({ ...log, title: `tail ${stripeKey}`, source: stripeKey, omitted: stripeKey });
    server.answers.push(answerTo('orient'));
    assert.equal(await investigation.ask({ step: 'orient', kind: 'step' }), undefined);
    await investigation.ask({ step: 'orient', kind: 'followUp', followUp: `The key is ${stripeKey}` });
    await investigation.skipStep('environment', `it is ${stripeKey}`);
    await investigation.rename(`Outage of ${stripeKey}`);
    await investigation.rename(`${'x'.repeat(280)} ${stripeKey}`);
    const everything = readFileSync(path(), 'utf8') + JSON.stringify([server.requests, logged]);
    assert.ok(!everything.includes(stripeKey.slice(0, 18)));
    assert.ok(investigation.incident.evidence[0]?.text.includes('«'));
    assert.ok(investigation.incident.title.length <= 300);
  });

  it('records the reply as it streams: its text, its record, its end', async () => {
    await investigation.addEvidence(log);
    server.answers.push(answerTo('orient', 'It fails in payment.js:47 é😀.'));
    const lengths: number[] = [];
    let asked = 0;
    store.onEvent(
      ({ type }) => type === 'replyDelta' && lengths.push(replyText(store.incident.runs[0] ?? { parts: [] }).length),
    );
    assert.equal(await investigation.ask({ step: 'orient', kind: 'step' }, () => (asked += 1)), undefined);
    const [run] = investigation.incident.runs;
    assert.ok(run && lengths.length > 0);
    assert.equal(asked, 1);
    assert.equal(replyText(run), 'It fails in payment.js:47 é😀.');
    assert.deepEqual(recordOf(investigation.incident, 'orient'), records.orient);
    assert.partialDeepStrictEqual(run, {
      phase: { kind: 'done', stopReason: 'end_turn' },
      requestId: 'req_1',
      usage: { output: 34 },
    });
    assert.equal(run.endpoint.host, new URL(server.url).host);
  });

  it('keeps a reply whose record is missing, of another step, wrong, or given twice', async () => {
    await investigation.addEvidence(log);
    const good = { name: 'record_orientation', input: records.orient.data };
    const cases = [
      [[], 0],
      [[{ name: 'record_bug', input: records.files.data }], 0],
      [[{ name: 'record_orientation', input: { failing: 7 } }], 0],
      [[good, good], 2],
    ] as const;
    for (const [tools, accepted] of cases) {
      server.answers.push(streamed(reply([{ text: ['Said.'] }, ...tools.map((tool) => ({ tool }))])));
      await investigation.ask({ step: 'orient', kind: 'step' });
      const run = investigation.incident.runs.at(-1) ?? assert.fail();
      assert.equal(replyText(run), 'Said.');
      assert.equal(run.phase.kind, 'done');
      const calls = run.parts.filter((part) => part.type === 'toolCall');
      assert.equal(calls.filter((call) => call.accepted).length, accepted);
      assert.ok(calls.every((call) => call.accepted || call.answer.startsWith('Not recorded. ')));
    }
    server.answers.push(answerTo('orient'));
    await investigation.ask({ step: 'orient', kind: 'recordAgain' });
    assert.match(server.requests.at(-1)?.body ?? '', /Your last reply was not recorded/);
    assert.equal(server.requests.length, 5);
  });

  it('asks one question at a time', async () => {
    await investigation.addEvidence(log);
    server.answers.push(silence);
    const first = investigation.ask({ step: 'orient', kind: 'step' });
    assert.equal(kindOf(await investigation.ask({ step: 'orient', kind: 'step' })), 'alreadyAsking');
    await until('it is asked', async () => server.requests.length === 1, 1_500);
    await investigation.stop();
    assert.equal(await first, undefined);
    assert.deepEqual(
      investigation.incident.runs.map(({ phase }) => phase.kind),
      ['stopped'],
    );
  });

  it('stops, keeps what came, and goes on from there', async () => {
    await investigation.addEvidence(log);
    const whole = reply([{ text: ['The request ', 'fails.'] }]);
    server.answers.push(streamed(whole.slice(0, whole.indexOf('fails.')), { ending: 'hang' }), answerTo('orient'));
    const asked = investigation.ask({ step: 'orient', kind: 'step' });
    await until('a word came', async () => replyText(investigation.incident.runs[0] ?? { parts: [] }) !== '', 1_500);
    await investigation.stop();
    await asked;
    assert.equal(replyText(investigation.incident.runs[0] ?? assert.fail()), 'The request ');
    await investigation.ask({ step: 'orient', kind: 'continue' });
    assert.ok(
      sent(1).startsWith(`${sent(0)}]},{"role":"assistant","content":[{"type":"text","text":"The request "}]}`),
    );
    assert.match(sent(1), /Go on exactly where it ended/);
  });

  it('is stopped without a complaint while it still prepares the question', async () => {
    await investigation.addEvidence(log);
    const asked = investigation.ask({ step: 'orient', kind: 'step' });
    await investigation.stop();
    assert.equal(await asked, undefined);
    assert.deepEqual([investigation.incident.runs, server.requests], [[], []]);
  });

  it('keeps the failure of a reply in the incident, and sends the same again when asked again', async () => {
    await investigation.addEvidence(log);
    server.answers.push(refused(401, 'invalid x-api-key'), hangUp, hangUp, hangUp, answerTo('orient'));
    for (const kind of ['keyRefused', 'unreachable']) {
      assert.equal(await investigation.ask({ step: 'orient', kind: 'step' }), undefined);
      const { phase } = investigation.incident.runs.at(-1) ?? assert.fail();
      assert.equal(phase.kind === 'failed' && phase.failure.kind, kind);
    }
    await investigation.ask({ step: 'orient', kind: 'step' });
    assert.equal(investigation.incident.runs.at(-1)?.phase.kind, 'done');
    assert.ok(sent(-1).startsWith(sent(0)));
    assert.ok(!readFileSync(path(), 'utf8').includes('sk-test-key'));
  });

  it('sends each suspect once, and again only when it has changed', async () => {
    await investigation.addEvidence(log);
    addSuspects('payment.js', 'checkout.js');
    for (let count = 0; count < 3; count += 1) server.answers.push(answerTo('files'));
    await investigation.ask({ step: 'files', kind: 'step' });
    await investigation.ask({ step: 'files', kind: 'step' });
    files.set('file:///w/payment.js', succeed('changed\n'));
    await investigation.ask({ step: 'files', kind: 'step' });
    assert.deepEqual(
      investigation.incident.runs.map(({ evidenceIds }) => evidenceIds),
      [['E1', 'E2', 'E3'], [], ['E4']],
    );
    for (const at of [1, 2]) assert.ok(sent(at).startsWith(sent(at - 1)));
    assert.match(
      sent(0),
      /Read these two files and identify the bug:\\n1\. payment\.js\\n2\. checkout\.js\\nThe error is: 'TypeError: Cannot read property/,
    );
  });

  it('sends nothing where a suspect cannot be read or checked for secrets', async () => {
    await investigation.addEvidence(log);
    addSuspects('payment.js');
    files.set('file:///w/payment.js', fail({ kind: 'unreadableFile', path: 'payment.js', code: 'EACCES' }));
    assert.equal(kindOf(await investigation.ask({ step: 'files', kind: 'step' })), 'unreadableFile');
    const { redactor } = world();
    const broken = new Investigation(
      store,
      world({
        redactor: {
          ...redactor,
          redact: async (text, options) =>
            text.startsWith('// pay')
              ? fail({ kind: 'redactionFailed', what: 'it', detail: 'time' })
              : redactor.redact(text, options),
        },
      }),
    );
    files.clear();
    assert.equal(kindOf(await broken.ask({ step: 'files', kind: 'step' })), 'redactionFailed');
    const throwing = new Investigation(store, world({ key: () => Promise.reject(new Error('the storage is locked')) }));
    assert.equal(kindOf(await throwing.ask({ step: 'orient', kind: 'step' })), 'unexpected');
    assert.deepEqual([investigation.incident.runs, server.requests], [[], []]);
    assert.equal(investigation.incident.evidence.length, 1, 'nothing is added for a question that was not asked');
  });

  it('sends no fourth file before step 3 has an answer, whatever was swapped', async () => {
    await investigation.addEvidence(log);
    addSuspects('a.js', 'b.js', 'c.js');
    server.answers.push(answerTo('files'), streamed(reply([{ text: ['1. The key is not set.'] }])), answerTo('files'));
    assert.equal(kindOf(investigation.addSuspect({ uri: 'file:///w/d.js', path: 'd.js' })), 'tooManySuspects');
    await investigation.ask({ step: 'files', kind: 'step' });
    assert.equal(investigation.addSuspect({ uri: 'file:///w/d.js', path: 'd.js' }, 'file:///w/a.js'), undefined);
    assert.deepEqual(await investigation.ask({ step: 'files', kind: 'step' }), { kind: 'threeFileRule', path: 'd.js' });
    assert.equal(server.requests.length, 1);
    await investigation.ask({ step: 'hypotheses', kind: 'step' });
    assert.equal(await investigation.ask({ step: 'files', kind: 'step' }), undefined);
    assert.match(sent(-1), /title=\\"d\.js\\"/);
  });

  it('previews what is then sent, byte for byte, and changes nothing by it', async () => {
    await investigation.addEvidence(log);
    addSuspects('payment.js');
    files.set('file:///w/payment.js', succeed(`const key = '${stripeKey}';\n`));
    for (const step of stepIds) {
      const before = investigation.incident;
      const preview = await investigation.preview(step, signal);
      assert.ok(preview.ok);
      assert.equal(investigation.incident, before);
      server.answers.push(answerTo(step));
      await investigation.ask({ step, kind: 'step' });
      const body: unknown = JSON.parse(server.requests.at(-1)?.body ?? '');
      assert.partialDeepStrictEqual(body, {
        messages: preview.value.prompt.messages,
        tools: preview.value.prompt.tools,
      });
      assert.ok(server.requests.at(-1)?.body.endsWith(`"messages":${JSON.stringify(preview.value.prompt.messages)}}`));
      const run = investigation.incident.runs.at(-1);
      assert.equal(run?.question, preview.value.question);
      assert.deepEqual(
        run.evidenceIds,
        preview.value.evidence.map(({ id }) => id),
      );
    }
  });

  it('can build every request again from its journal, to the byte', async () => {
    await investigation.addEvidence(log);
    server.answers.push(answerTo('orient'), answerTo('orient'));
    await investigation.ask({ step: 'orient', kind: 'step' });
    await investigation.ask({ step: 'orient', kind: 'followUp', followUp: 'It began at 02:41.' });
    const reopened = IncidentStore.open({ path: path(), now: Date.now });
    assert.ok(reopened.ok);
    server.answers.push(answerTo('orient'));
    const again = new Investigation(reopened.value, world());
    await again.ask({ step: 'orient', kind: 'followUp', followUp: 'Go on.' });
    reopened.value.dispose();
    for (const at of [1, 2]) assert.ok(sent(at).startsWith(sent(at - 1)));
  });

  it('gives evidence that arrives while a question is prepared a number of its own', async () => {
    await investigation.addEvidence(log);
    addSuspects('a.js', 'b.js');
    server.answers.push(answerTo('files'));
    const asked = investigation.ask({ step: 'files', kind: 'step' });
    const adding: Promise<unknown>[] = [];
    for (let count = 0; count < 25; count += 1) {
      adding.push(
        investigation.addEvidence({ ...log, kind: 'clipboard', title: `clipboard ${count}`, text: `line ${count}` }),
      );
      await delay(1);
    }
    await Promise.all([asked, ...adding]);
    const titles = investigation.incident.evidence.map(({ title }) => String(title));
    for (const title of ['a.js', 'b.js', ...adding.map((_, at) => `clipboard ${at}`)])
      assert.ok(titles.includes(title), title);
  });

  it('goes on with free numbers where the journal lost some', async () => {
    for (const text of ['one', 'two', 'three']) await investigation.addEvidence({ ...log, title: text, text });
    server.answers.push(answerTo('orient'), answerTo('orient'), answerTo('orient'));
    await investigation.ask({ step: 'orient', kind: 'step' });
    await investigation.ask({ step: 'orient', kind: 'step' });
    const lines = readFileSync(path(), 'utf8').split('\n');
    const lost = lines.filter((line) => !/"id":"E1"|"runId":"R1"/.test(line));
    const damaged = join(folder(), 'damaged.jsonl');
    writeFileSync(damaged, lost.join('\n'));
    const opened = IncidentStore.open({ path: damaged, now: Date.now });
    assert.ok(opened.ok);
    const again = new Investigation(opened.value, world());
    await again.addEvidence({ ...log, title: 'four', text: 'four' });
    assert.deepEqual(
      again.incident.evidence.map(({ id }) => id),
      ['E2', 'E3', 'E4'],
    );
    await again.ask({ step: 'orient', kind: 'step' });
    assert.deepEqual(
      again.incident.runs.map(({ id, phase }) => [id, phase.kind]),
      [
        ['R2', 'done'],
        ['R3', 'done'],
      ],
    );
    opened.value.dispose();
  });

  it('sends no reply that holds nothing', async () => {
    await investigation.addEvidence(log);
    for (const followUp of ['', ' \n', undefined]) {
      assert.deepEqual(await investigation.ask({ step: 'orient', kind: 'followUp', followUp }), {
        kind: 'nothingThere',
        what: 'reply',
      });
    }
    assert.deepEqual(server.requests, []);
  });

  it('takes removed evidence out of what is asked next', async () => {
    const first = await investigation.addEvidence(log);
    await investigation.addEvidence({ ...log, title: 'second' });
    assert.ok(first.ok);
    investigation.removeEvidence(first.value);
    server.answers.push(answerTo('orient'));
    await investigation.ask({ step: 'orient', kind: 'step' });
    assert.deepEqual(investigation.incident.runs[0]?.evidenceIds, ['E2']);
    assert.ok(!sent(0).includes('E1'));
  });
  it('does not run git in Restricted Mode, and says so', async () => {
    await investigation.addEvidence(log);
    addSuspects('payment.js');
    const restricted = new Investigation(store, world({ trusted: () => false }));
    assert.equal(kindOf(await restricted.ask({ step: 'regression', kind: 'step' })), 'restricted');
    assert.deepEqual(server.requests, []);
  });
});
