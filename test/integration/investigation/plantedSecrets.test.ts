import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IncidentStore } from '../../../src/incident/store.ts';
import { postmortem, timelineDocument } from '../../../src/incident/postmortem.ts';
import { readRedactionState, redactionStatePath, writeRedactionState } from '../../../src/incident/redactionState.ts';
import { Investigation } from '../../../src/investigation/investigation.ts';
import { untitled } from '../../../src/model/untitled.ts';
import { replyText } from '../../../src/model/reply.ts';
import { succeed } from '../../../src/model/failure.ts';
import { promptAsText } from '../../../src/prompt/plainText.ts';
import { forPanel, eventForPanel } from '../../../src/protocol.ts';
import { environmentValues } from '../../../src/redaction/environmentValues.ts';
import { createRedactor } from '../../../src/redaction/redactor.ts';
import { sentAsText } from '../../../src/vscode/sentText.ts';
import { explain, explainUngrounded } from '../../../src/wording.ts';
import { ClaudeServer, refused, reply, streamed } from '../../support/claudeServer.ts';
import { answerTo, testWorld } from '../../support/investigationWorld.ts';
import { fill, randomFrom } from '../../support/samples.ts';
import { TemporaryRepository } from '../../support/temporaryRepository.ts';
import { useTemporaryFolder } from '../../support/temporaryFolder.ts';

const random = randomFrom(99);
const key = (): string => fill('sk_live_{A24}', random);
const kinds = [
  'logTail',
  'stackTail',
  'terminal',
  'selection',
  'clipboard',
  'errorText',
  'logDigest',
  'environment',
  'productionEnvironment',
  'blame',
  'callers',
] as const;
/** One secret for each way in, none of which turns up in another. */
const planted = {
  ...(Object.fromEntries(kinds.map((kind) => [kind, key()])) as Record<(typeof kinds)[number], string>),
  evidenceTitle: key(),
  evidenceSource: key(),
  file: key(),
  diff: key(),
  commitMessage: key(),
  environment: `plum-${fill('{a12}', random)}-tree`,
  houseRule: key(),
  followUp: key(),
  title: key(),
  skipReason: key(),
  note: key(),
  searched: key(),
  problem: key(),
  testOutput: key(),
  exception: key(),
  omitted: key(),
  rateCommit: key(),
  rateTag: key(),
  calledFrom: key(),
};
/** Names are kept and shown as they are, since a file is opened by its name; what goes out has them redacted. */
const inNames = { fileName: key(), branch: key() };

describe('a secret in every kind of evidence', () => {
  const folder = useTemporaryFolder();
  let repository: TemporaryRepository;
  let server: ClaudeServer;

  before(async () => {
    repository = await TemporaryRepository.create();
    await repository.commit(
      'src/pay.js',
      `const key = '${planted.diff}';\nrefund();\n`,
      `Use ${planted.commitMessage}`,
    );
    await repository.commit('src/other.js', `pay('${planted.searched}');\n`, 'Other');
    repository.git('checkout', '--quiet', '-b', `feature/${inNames.branch}`);
    // The baseline of the diff is five commits back.
    for (const name of ['a', 'b', 'c', 'd']) await repository.commit(`${name}.txt`, name, name);
    await repository.write('src/pay.js', `const key = '${planted.file}';\nrefund();\n`);
  });
  after(() => repository.remove());
  beforeEach(async () => (server = await ClaudeServer.start()));
  afterEach(() => server.stop());

  it('is nowhere: not in a request, on the disk, in the log, in the panel, in what is copied or exported', async () => {
    const path = join(folder(), 'one.jsonl');
    const logged: string[] = [];
    const toPanel: string[] = [];
    const redactor = createRedactor({
      fingerprintKey: 'k'.repeat(32),
      state: readRedactionState(redactionStatePath(path)),
    });
    redactor.learn(environmentValues(`TREE=${planted.environment}\n`));
    const store = IncidentStore.start({ path, now: Date.now, id: 'one', title: untitled });
    store.onEvent((event) => toPanel.push(JSON.stringify(eventForPanel(event))));
    const uri = `file://${repository.root}/src/pay.js`;
    const world = testWorld(server.url, {
      redactor,
      readSuspect: async () =>
        succeed({
          kind: 'file',
          title: 'src/pay.js',
          source: 'src/pay.js',
          uri,
          text: readFileSync(repository.path('src/pay.js'), 'utf8'),
          firstLine: 1,
        }),
      houseRules: async () => [{ line: 3, text: `Deploy with ${planted.houseRule}`, steps: ['orient', 'fix'] }],
      trusted: () => true,
      folders: () => [repository.root],
      folderOf: () => repository.root,
      pathOf: () => repository.path('src/pay.js'),
      log: (message) => logged.push(message),
    });
    const investigation = new Investigation(store, world);
    for (const kind of kinds) {
      const text = `Error: failed with ${planted[kind]} here\n(tree ${planted.environment})\n`;
      await investigation.addEvidence({
        kind,
        title: `${kind} --token ${planted.evidenceTitle}`,
        source: `run --token ${planted.evidenceSource}`,
        text,
      });
    }
    const findings = {
      problem: `src/pay.js:1:7 error TS2322: Type "${planted.problem}" is not assignable`,
      testOutput: `1) charges\n   AssertionError: expected '${planted.testOutput}' to equal ''`,
      exception: `Uncaught Error: bad key ${planted.exception}\n    at pay (src/pay.js:1:1)`,
    };
    for (const [title, text] of Object.entries(findings))
      await investigation.addEvidence({ kind: 'errorText', title, source: title, text });
    await investigation.addEvidence({
      kind: 'logDigest',
      title: 'rate',
      source: 'rate',
      text: 'Shape: failed',
      omitted: `all but the lines of ${planted.omitted}`,
      callers: [{ of: 'pay', path: 'src/other.js', line: 1, in: `call ${planted.calledFrom}` }],
      errorRate: {
        from: 0,
        step: 60_000,
        counts: [1],
        words: 'It began.',
        commits: [{ at: 0, hash: 'a41c9e0', subject: `Use ${planted.rateCommit}`, tags: [planted.rateTag] }],
      },
    });
    investigation.addSuspect({ uri, path: 'src/pay.js' });
    investigation.addSuspect({ uri: `${uri}2`, path: `src/${inNames.fileName}.js` });
    await investigation.rename(`Keys ${planted.title}`);
    const everything = Object.values(planted);
    const echo = `It is ${everything.join(', ')}.`;
    server.answers.push(
      answerTo('orient'),
      answerTo('files'),
      answerTo('hypotheses'),
      answerTo('regression'),
      streamed(reply([{ tool: { name: 'search_repository', input: { pattern: 'pay(' } } }], 'tool_use')),
      answerTo('fix'),
      answerTo('fix'),
      streamed(
        reply([
          { text: echo.match(/[^]{1,5}/g) ?? [] },
          { tool: { name: 'record_fix', input: { explanation: echo } } },
        ]),
      ),
      refused(400, `bad: ${echo}`),
    );
    for (const step of ['orient', 'files', 'hypotheses', 'regression', 'fix'] as const)
      assert.equal(await investigation.ask({ step, kind: 'step' }), undefined, step);
    await investigation.judgeHypothesis('R3', 0, 'ruledOut', `because of ${planted.note}`);
    await investigation.ask({ step: 'fix', kind: 'followUp', followUp: `and ${planted.followUp}?` });
    await investigation.skipStep('blastRadius', `it was ${planted.skipReason}`);
    await investigation.ask({ step: 'fix', kind: 'followUp', followUp: 'say it all' });
    await investigation.ask({ step: 'fix', kind: 'followUp', followUp: 'again?' });
    const prepared = await investigation.preview('fix', AbortSignal.timeout(10_000));
    assert.ok(prepared.ok);
    writeRedactionState(redactionStatePath(path), redactor.state());
    const { incident } = investigation;
    assert.equal(server.requests.length, 9);
    assert.equal(incident.runs.at(-1)?.phase.kind, 'failed');
    const options = {
      words: {
        failure: (failure: Parameters<typeof explain>[0]) => explain(failure).what,
        ungrounded: explainUngrounded,
      },
    };
    const places: Readonly<Record<string, string>> = {
      requests: server.requests.map(({ body }) => body).join('\n'),
      disk: readdirSync(folder())
        .map((name) => readFileSync(join(folder(), name), 'utf8'))
        .join('\n'),
      log: logged.join('\n'),
      panel: [JSON.stringify(forPanel(incident)), ...toPanel].join('\n'),
      copied: promptAsText(prepared.value.prompt),
      postmortem: postmortem(incident, store.history, options),
      timeline: timelineDocument(incident, store.history, options),
      sent: sentAsText(incident),
    };
    for (const [place, text] of Object.entries(places)) {
      assert.ok(text.length > 50, place);
      for (const [way, secret] of Object.entries(planted)) assert.ok(!text.includes(secret), `${way} is in ${place}`);
    }
    for (const place of ['requests', 'copied', 'log'])
      for (const [way, secret] of Object.entries(inNames))
        assert.ok(!places[place]?.includes(secret), `${way} is in ${place}`);
    assert.match(places['requests'] ?? '', /src\/«stripe-key-\d+»\.js/);
    // Each way in was really taken: its placeholder is there.
    for (const [way, secret] of Object.entries(planted)) {
      const placeholder = await redactor.redact(secret);
      assert.ok(placeholder.ok && places['disk']?.includes(placeholder.value.text), `${way} never came in`);
    }
    const echoed = incident.runs.at(-2) ?? assert.fail();
    assert.equal(replyText(echoed).match(/«/g)?.length, everything.length, replyText(echoed));
    store.dispose();
  });
});
