import type { PlacedFrame, PlacedTrace, TraceReport } from '../../src/model/traceReport.ts';

const placed = (path: string): { uri: string; path: string } => ({ uri: `file:///w/checkout/${path}`, path });
const error = "TypeError: Cannot read properties of undefined (reading 'stripe_key')";

function own(path: string, line: number, name: string): PlacedFrame {
  return {
    function: name,
    written: `/app/${path}`,
    line,
    column: 24,
    own: true,
    place: { kind: 'file', file: placed(path), line },
  };
}

function library(at: number): PlacedFrame {
  const written = `/app/node_modules/express/lib/router/layer.js`;
  return { function: 'Layer.handle', written, line: at, own: false, place: { kind: 'library' } };
}

const cause: PlacedTrace = {
  evidenceId: 'E1',
  firstLine: 12,
  lastLine: 15,
  type: 'Error',
  message: 'No key\nis set.',
  frames: [
    {
      function: 'n',
      written: '/app/dist/main.js',
      line: 1,
      column: 48213,
      own: true,
      place: { kind: 'file', file: placed('src/config.ts'), line: 4 },
      mapping: { kind: 'mapped', map: 'main.js.map' },
    },
    {
      written: '/app/dist/main.js',
      line: 1,
      column: 7,
      own: true,
      place: { kind: 'outside', path: '/home/ci/shared/log.ts', line: 3 },
      mapping: { kind: 'mapped', map: 'main.js.map' },
    },
    {
      written: '/app/dist/worker.js',
      line: 9,
      own: true,
      place: { kind: 'file', file: placed('src/worker.ts'), doubt: 'compiled' },
      mapping: { kind: 'broken', map: 'worker.js.map', detail: 'Unexpected end of JSON input' },
    },
    {
      written: '/app/src/index.js',
      line: 2,
      own: true,
      place: { kind: 'ambiguous', candidates: [placed('a/src/index.js'), placed('b/src/index.js')], line: 2 },
    },
    { function: 'gone', written: '/app/src/gone.js', line: 2, own: true, place: { kind: 'missing' } },
  ],
  omittedFrames: 9800,
  causes: [],
  count: 1,
};

/** A trace with everything that a frame can come to, and three proposals. */
export const fullReport: TraceReport = {
  traces: [
    {
      evidenceId: 'E1',
      firstLine: 1,
      lastLine: 15,
      type: 'TypeError',
      message: "Cannot read properties of undefined (reading 'stripe_key')",
      frames: [
        own('src/services/payment.js', 47, 'charge'),
        own('src/routes/checkout.js', 12, 'pay'),
        ...[1, 2, 3].map(library),
      ],
      omittedFrames: 0,
      causes: [{ relation: 'cause', trace: cause }],
      count: 214,
    },
  ],
  moreTraces: 2,
  proposals: [
    {
      file: placed('src/services/payment.js'),
      role: 'origin',
      line: 47,
      reason: { kind: 'throws', error, function: 'charge', line: 47, passedOver: 1 },
    },
    {
      file: placed('src/routes/checkout.js'),
      role: 'caller',
      line: 12,
      reason: { kind: 'calls', error, function: 'pay', line: 12, passedOver: 0 },
    },
    {
      file: placed('src/config/index.js'),
      role: 'configuration',
      reason: { kind: 'configures', from: 'src/services/payment.js', line: 1, variables: ['STRIPE_KEY'] },
    },
  ],
  listing: 'cut',
  history: [
    {
      text: 'src/services/payment.js:47 (charge): last changed 3 days ago by Ada in 1a2b3c4d5e, Read the key when it is used',
    },
    {
      text: '1a2b3c4d5e 3 days ago, Ada: Read the key when it is used; touches the failing line',
      commit: '1a2b3c4d5e',
    },
    { text: '9f8e7d6c5b 5 days ago, Grace: Retry a payment once; touches the function charge', commit: '9f8e7d6c5b' },
  ],
};

const long = 'antidisestablishmentarianism'.repeat(20);
const markup = '<img src=x onerror="window.hacked=1"><b>bold</b>';

/** What a hostile log could make of a report. */
export const hostileReport: TraceReport = {
  traces: [
    {
      ...cause,
      type: markup,
      message: `${markup} ${long}`,
      frames: [
        {
          function: markup,
          written: `${long}/${markup}`,
          line: 999_999_999,
          own: true,
          place: { kind: 'outside', path: `${markup}${long}` },
        },
      ],
    },
  ],
  moreTraces: 0,
  proposals: [
    {
      file: { uri: `file:///w/${long}`, path: `${long}/${markup}` },
      role: 'origin',
      reason: { kind: 'throws', error: markup, function: long, passedOver: 3 },
    },
  ],
};
