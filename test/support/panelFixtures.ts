import type { Incident } from '../../src/model/incident.ts';
import type { RunId } from '../../src/model/reply.ts';
import type { MonitorState } from '../../src/model/watch.ts';
import type { Surroundings } from '../../src/protocol.ts';
import { claude, fullSurroundings, harmless, IncidentBuilder } from './incidents.ts';
import { callersFound } from './callerFixtures.ts';
import { errorRate } from './errorRateFixture.ts';
import { hostileRecord, records } from './records.ts';
import { richReply } from './replyFixtures.ts';
import { culprit, huntEnded, plannedProof, proofEnded } from './proofFixtures.ts';
import { stepIds } from '../../src/model/steps.ts';

export interface PanelFixture {
  readonly incident: Incident;
  readonly surroundings: Surroundings;
}

const title = "Checkout returns 500: Cannot read property 'stripe_key' of undefined";

export const reply = `**The request fails in \`payment.js:47\`**, where \`config.stripe\` is read without a guard [E1:38].

1. \`POST /checkout\` answers 500 since 02:41, 214 times so far.
2. All of them share one stack: src/services/payment.js:47, called by src/routes/checkout.js:18.

The configuration object has no \`stripe\` section, which points at a missing variable rather than at the code.`;

function started(minutesAgo: number): IncidentBuilder {
  return new IncidentBuilder(title, Date.now() - minutesAgo * 60_000);
}

function withEvidence(minutesAgo: number): IncidentBuilder {
  return started(minutesAgo)
    .evidence({
      title: 'error.log, last 50 lines',
      source: 'logs/error.log',
      characters: 5_800,
      redactions: [
        { kind: 'stripe-key', count: 2 },
        { kind: 'email', count: 1 },
      ],
    })
    .evidence({ title: 'Error message', kind: 'errorText', lineCount: 12, characters: 940 });
}

const suspects = [
  ['src/services/payment.js', 'origin'],
  ['src/routes/checkout.js', 'caller'],
  ['config/production.env.example', 'configuration'],
] as const;

function withSuspects(builder: IncidentBuilder): IncidentBuilder {
  for (const [path, role] of suspects) {
    builder.add({ type: 'suspectAdded', suspect: { uri: `file:///w/checkout/${path}`, path, role } });
  }
  return builder;
}

function answered(builder: IncidentBuilder, step: (typeof stepIds)[number]): IncidentBuilder {
  const run = builder.ask(step);
  return builder.text(run, reply).record(run, records[step]).end(run);
}

const logs: Surroundings['logs'] = [
  {
    uri: 'file:///w/checkout/logs/error.log',
    path: 'logs/error.log',
    kind: 'logTail',
    lines: 50,
    bytes: 3_400_000,
    modifiedAt: Date.now() - 40_000,
  },
  {
    uri: 'file:///w/checkout/logs/stack.log',
    path: 'logs/stack.log',
    kind: 'stackTail',
    lines: 30,
    bytes: 12_400,
    modifiedAt: Date.now() - 240_000,
  },
];

const demoEndpoint = { name: 'Demo', host: '127.0.0.1:4010', model: 'demo', demo: true };
const long = 'antidisestablishmentarianism'.repeat(40);
const markup = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script><b>bold</b>';
const rightToLeft = 'شغّل الأمر التالي \u202Egnp.exe الآن';

const houseRules: NonNullable<Surroundings['houseRules']> = {
  path: 'CLAUDE.md',
  stagingEnvironment: 'kubectl --context staging -n checkout',
  rollbackCommand: './scripts/rollback.sh v2.18.3',
  lines: [
    { line: 12, text: 'Ask for the error context before you read code.', steps: ['orient'] },
    { line: 14, text: 'Never print the value of a secret; check that it is there.', steps: ['environment'] },
    { line: 17, text: 'Every fix comes with a test that failed before it.', steps: ['fix', 'blastRadius'] },
  ],
};

const searchTool = 'search_repository';

/** All that steps 3 to 7 can show: verdicts with notes, searches, house rules, ticks, a chosen baseline. */
function workedThrough(): IncidentBuilder {
  const builder = answered(answered(withSuspects(withEvidence(40)), 'orient').check('orient'), 'files').check('files');
  const hypotheses = builder.ask('hypotheses');
  builder.text(hypotheses, reply).record(hypotheses, records.hypotheses).end(hypotheses);
  const judge = (index: number, verdict: 'confirmed' | 'ruledOut', note: string): IncidentBuilder =>
    builder.add({ type: 'hypothesisJudged', runId: hypotheses, index, verdict, note: harmless(note) });
  judge(0, 'confirmed', 'The name is missing from printenv in two pods.');
  judge(1, 'ruledOut', 'It fails 40 minutes after the start too.').check('hypotheses');
  builder.evidence({
    title: '4 environment variables, 1 not declared',
    kind: 'environment',
    source: 'Read by src/services/payment.js; found without values',
    lineCount: 4,
    characters: 420,
    step: 'environment',
  });
  answered(builder, 'environment').check('environment');
  answered(builder.add({ type: 'baselineChosen', baseline: { kind: 'tag', name: 'v2.18.3' } }), 'regression');
  const fix = builder.ask('fix');
  const search = (pattern: string, answer: string, accepted: boolean): IncidentBuilder =>
    builder.add({
      type: 'toolCalled',
      runId: fix,
      call: {
        callId: `search-${pattern}`,
        name: searchTool,
        inputJson: harmless(JSON.stringify({ pattern, path: 'src' })),
        answer: harmless(answer),
        accepted,
      },
    });
  builder.text(fix, 'Where else is the section read without a guard?');
  search('config.stripe.', 'src/services/refund.js:31: return config.stripe.key;\nsrc/a.js:2: config.stripe.x', true);
  search('stripe_key', 'No line of the repository has stripe_key.', true);
  search('(', 'The search failed. git grep failed: unmatched parenthesis', false).add({
    type: 'turnEnded',
    runId: fix,
  });
  builder.text(fix, reply).record(fix, records.fix).end(fix);
  builder.evidence(callersFound);
  const blast = builder.ask('blastRadius');
  builder.text(blast, reply).record(blast, records.blastRadius).end(blast);
  return builder.add({ type: 'monitorTicked', runId: blast, index: 0, ticked: true });
}

/** Incidents to look at, each as the panel gets it. Made anew each time, since their clocks start from now. */
export const fixtures = {
  empty: () => ({ incident: started(1).incident, surroundings: { ...fullSurroundings, logs } }),
  bare: () => ({
    incident: new IncidentBuilder('Incident of 02:47', Date.now() - 9000).incident,
    surroundings: {
      ...fullSurroundings,
      folders: [],
      git: 'unknown',
      hasKey: false,
      openEditors: [],
      terminal: 'none',
      otherIncidents: 0,
    },
  }),
  gathered: () => ({ incident: withEvidence(3).incident, surroundings: { ...fullSurroundings, logs } }),
  streaming: () => {
    const builder = withEvidence(0);
    const run = builder.ask('orient');
    return { incident: builder.text(run, reply.slice(0, 260)).incident, surroundings: fullSurroundings };
  },
  afterTwo: () => {
    const builder = withSuspects(answered(withEvidence(12), 'orient').check('orient'));
    return { incident: answered(builder, 'files').check('files').incident, surroundings: fullSurroundings };
  },
  noSuspects: () => ({
    incident: answered(withEvidence(5), 'orient').check('orient').incident,
    surroundings: fullSurroundings,
  }),
  files: () => {
    const builder = answered(withEvidence(5), 'orient').check('orient');
    builder.add({
      type: 'suspectAdded',
      suspect: { uri: 'file:///w/checkout/src/services/payment.js', path: 'src/services/payment.js', role: 'origin' },
    });
    return { incident: builder.incident, surroundings: fullSurroundings };
  },
  allSeven: () => {
    const builder = withSuspects(withEvidence(90));
    for (const step of stepIds) answered(builder, step);
    for (const step of stepIds.slice(0, 6)) builder.check(step);
    return { incident: builder.incident, surroundings: fullSurroundings };
  },
  settled: () => {
    const builder = withSuspects(withEvidence(90));
    for (const step of stepIds) answered(builder, step).check(step);
    return { incident: builder.incident, surroundings: fullSurroundings };
  },
  notProved: () => {
    const builder = workedThrough();
    const fix = builder.incident.runs.findLast(({ step }) => step === 'fix')?.id ?? 'R6';
    builder.add(proofEnded(fix, { kind: 'proved', suite: 'brokenBefore', reason: 'notStated' }));
    builder.add(huntEnded({ kind: 'undecided', candidates: [culprit, { ...culprit, hash: 'd'.repeat(40) }] }));
    builder.add(proofEnded(fix, { kind: 'failsWithFix' }));
    const proving = { kind: 'planned', plan: plannedProof } as const;
    return { incident: builder.incident, surroundings: { ...fullSurroundings, proving } };
  },
  proving: () => {
    const builder = workedThrough();
    const fix = builder.incident.runs.findLast(({ step }) => step === 'fix')?.id ?? 'R6';
    const startedAt = Date.now() - 34_000;
    const proving = {
      kind: 'proving',
      runId: fix,
      startedAt,
      phase: 'withFix',
      attempt: 2,
      command: plannedProof.test,
    } as const;
    return { incident: builder.incident, surroundings: { ...fullSurroundings, proving } };
  },
  hunting: () => {
    const builder = workedThrough();
    const fix = builder.incident.runs.findLast(({ step }) => step === 'fix')?.id ?? 'R6';
    builder.add(proofEnded(fix, { kind: 'proved', suite: 'passed', reason: 'asStated' }));
    builder.add(huntEnded({ kind: 'found', culprit }));
    const startedAt = Date.now() - 34_000;
    const proving = { kind: 'hunting', startedAt, command: plannedProof.test, commit: culprit, stepsLeft: 3 } as const;
    return { incident: builder.incident, surroundings: { ...fullSurroundings, proving } };
  },
  resolved: () => {
    const builder = withSuspects(withEvidence(2000));
    for (const step of stepIds) answered(builder, step).check(step);
    builder.add({ type: 'stepSkipped', step: 'regression', reason: harmless('Nothing was deployed for three weeks.') });
    return { incident: builder.add({ type: 'incidentResolved' }).incident, surroundings: fullSurroundings };
  },
  failed: () => {
    const builder = withEvidence(4);
    const run = builder.ask('orient');
    builder.text(run, reply.slice(0, 180)).end(run, {
      kind: 'failed',
      failure: { kind: 'rateLimited', endpoint: 'Anthropic', retryAfterSeconds: 40, requestId: 'req_011CQ' },
    });
    return {
      incident: builder.incident,
      surroundings: {
        ...fullSurroundings,
        trusted: false,
        journal: {
          badLines: 2,
          failure: { kind: 'journalWriteFailed', path: '/storage/incident-1.jsonl', code: 'ENOSPC' },
        },
      },
    };
  },
  offline: () => {
    const builder = answered(withEvidence(9), 'orient').check('orient');
    const run = withSuspects(builder).ask('files');
    builder.end(run, {
      kind: 'failed',
      failure: { kind: 'unreachable', endpoint: 'Anthropic', hop: 'dns', detail: 'ENOTFOUND api.anthropic.com' },
    });
    return {
      incident: builder.incident,
      surroundings: {
        ...fullSurroundings,
        git: 'noCommits',
        endpointFailure: { kind: 'badEndpoint', url: 'http://gateway.example', reason: 'notHttps' },
      },
    };
  },
  interrupted: () => {
    const builder = withEvidence(6);
    const run = builder.ask('orient');
    builder.text(run, reply.slice(0, 150)).end(run, { kind: 'interrupted' });
    return { incident: builder.incident, surroundings: fullSurroundings };
  },
  demo: () => {
    const builder = withEvidence(2);
    const run = builder.ask('orient', undefined, demoEndpoint);
    builder.text(run, reply).record(run, records.orient).end(run);
    const more = builder.ask('orient', 'Yes, always above 50 concurrent users.', demoEndpoint);
    builder.text(more, 'Then the pool is worth a look first.').end(more);
    return { incident: builder.incident, surroundings: { ...fullSurroundings, endpoint: demoEndpoint } };
  },
  hostile: () => {
    const builder = new IncidentBuilder(`${markup} ${long} ${rightToLeft}`, Date.now() - 300_000);
    const bad = `${markup} ${rightToLeft} ${long}`;
    builder
      .evidence({ title: bad, source: bad, omitted: bad, redactions: [{ kind: markup, count: 3 }] })
      .evidence({ kind: 'logDigest', title: bad, source: bad, errorRate: errorRate(() => harmless(bad)) })
      .add({ type: 'suspectAdded', suspect: { uri: `file:///${long}`, path: `src/${long}.js`, role: 'origin' } });
    for (const step of stepIds) {
      const run = builder.ask(step, undefined, { ...claude, name: markup, model: long });
      builder
        .text(run, `${bad}\n\n\`\`\`\n${long}\n\`\`\`\n\n|a|b|\n|-|-|\n|${long}|${markup}|\n`)
        .record(run, hostileRecord(step, bad), step !== 'files')
        .end(run)
        .add({ type: 'hypothesisJudged', runId: run, index: 0, verdict: 'ruledOut', note: harmless(bad) });
    }
    builder.add({ type: 'stepSkipped', step: 'orient', reason: harmless(bad) });
    return {
      incident: builder.incident,
      surroundings: {
        ...fullSurroundings,
        folders: [bad],
        endpoint: { ...claude, name: bad, model: bad },
        openEditors: [{ uri: 'file:///x', path: `${long}/${markup}` }],
        logs: [
          { uri: 'file:///y', path: `${markup}/${long}.log`, kind: 'logTail', lines: 50, bytes: 1, modifiedAt: 0 },
        ],
        houseRules: {
          path: `${long}.md`,
          stagingEnvironment: bad,
          rollbackCommand: bad,
          lines: [{ line: 1, text: bad, steps: stepIds }],
        },
        endpointFailure: { kind: 'requestRefused', endpoint: bad, status: 400, detail: bad },
      },
    };
  },
  rate: () => {
    const builder = withEvidence(4).evidence({
      kind: 'logDigest',
      title: 'error.log, digest: 171 errors, 37 warnings',
      source: 'logs/error.log',
      lineCount: 34,
      characters: 2_600,
      errorRate: errorRate(harmless),
    });
    return { incident: builder.incident, surroundings: { ...fullSurroundings, logs } };
  },
  worked: () => ({ incident: workedThrough().incident, surroundings: { ...fullSurroundings, houseRules } }),
  /** After the fix was applied, with a watch whose time is nearly up and a monitor that got worse. */
  watched: () => {
    const builder = workedThrough();
    const runOf = (step: 'fix' | 'blastRadius'): RunId =>
      builder.incident.runs.findLast((run) => run.step === step)?.id ?? 'R0';
    builder
      .add({
        type: 'patternsChecked',
        runId: runOf('fix'),
        patterns: [{ index: 0, by: 'search', place: { kind: 'moved', line: 33 } }],
      })
      .add({
        type: 'fixApplied',
        runId: runOf('fix'),
        files: ['src/services/payment.js', 'test/payment.test.js'],
        proof: { kind: 'unproved', reason: harmless('The suite needs the staging database.') },
      });
    const look = (index: number, state: MonitorState, note: string): IncidentBuilder =>
      builder.add({ type: 'monitorChecked', runId: runOf('blastRadius'), index, state, note: harmless(note) });
    builder.after(Date.now() - builder.incident.lastEventAt - 17 * 60_000).add({ type: 'watchStarted', minutes: 30 });
    look(0, 'ok', '');
    look(1, 'worse', '12 in the last minute, all of one tenant.');
    return { incident: builder.incident, surroundings: { ...fullSurroundings, houseRules } };
  },
  /** A long incident, of which the oldest evidence and some words are no longer sent. */
  cut: () => {
    const builder = answered(withEvidence(150), 'orient');
    const more = builder.ask('orient', 'Yes, always above 50 concurrent users.');
    builder.text(more, 'Then the pool is worth a look first.').end(more);
    builder.add({
      type: 'contextCut',
      evidence: [
        { evidenceId: 'E1', kept: [[31, 50]] },
        { evidenceId: 'E2', kept: [] },
      ],
      runs: [{ runId: 'R1', keeps: 'start' }],
    });
    const latest = builder.ask('orient', 'And since the last deploy?');
    builder.text(latest, reply).end(latest);
    return { incident: builder.incident, surroundings: fullSurroundings };
  },
  listings: () => {
    const builder = withEvidence(5);
    const run = builder.ask('orient');
    return { incident: builder.text(run, richReply).end(run).incident, surroundings: fullSurroundings };
  },
  longReply: () => {
    const builder = withEvidence(5);
    const run = builder.ask('orient');
    for (let size = 0; size < 200_000; size += reply.length) builder.text(run, `${reply}\n\n`);
    return { incident: builder.incident, surroundings: fullSurroundings };
  },
} as const satisfies Record<string, () => PanelFixture>;

export type FixtureName = keyof typeof fixtures;
