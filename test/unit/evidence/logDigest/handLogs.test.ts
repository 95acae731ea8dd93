import assert from 'node:assert/strict';
import { Digester, type LogDigest } from '../../../../src/evidence/logDigest/digester.ts';
import { handLogsWrittenAt, readHandLogs } from '../../../support/handLogs.ts';
import { traceWrappers } from '../../../support/tracePrefixes.ts';

/** Wrappings that make one record of a text, or none that a log has. */
const asOneRecord = /JSON record|logfmt|ticket|quoted/;

function digest(text: string, writtenAt = handLogsWrittenAt): LogDigest {
  const digester = new Digester({ writtenAt, localMinutesEast: 120 });
  digester.push(Buffer.from(text));
  return digester.end();
}

describe('logs whose groups were counted by hand', () => {
  const logs = readHandLogs();

  it('are of at least 20 programs', () => {
    assert.ok(logs.length >= 20);
  });

  for (const { name, groups, first, text } of logs)
    it(`are understood of ${name}`, () => {
      const found = digest(text);
      const told = found.groups.map(({ level, count, words }) => `${level} ${count} | ${words}`);
      assert.equal(told.length, groups.length, told.join('\n'));
      for (const group of groups) {
        const [counted = '', words = ''] = group.split(' | ');
        assert.ok(
          told.some((one) => one.startsWith(`${counted} | `) && one.includes(words)),
          `${group} among ${told.join('\n')}`,
        );
      }
      const earliest = Math.min(...found.groups.map(({ firstAt = Infinity }) => firstAt));
      assert.equal(new Date(earliest).toISOString(), first);
    });

  for (const [name, wrap] of Object.entries(traceWrappers).filter(([one]) => !asOneRecord.test(one)))
    it(`are understood alike where they were collected: ${name}`, () => {
      const shapeOf = (text: string): string =>
        digest(text)
          .groups.map(({ level, count }) => `${level} ${count}`)
          .sort()
          .join();
      const wrong = logs.filter(({ text }) => shapeOf(`${wrap(text)}\n`) !== shapeOf(text));
      // A syslog's priority is a level too, where the line has none; behind a tab stands a field, not a record.
      const most = name.includes('5424') ? 10 : 1;
      assert.ok(wrong.length <= most, wrong.map((log) => log.name).join(', '));
    });

  it('have times of the zone in which the file was just written, unless they say their own', () => {
    const written = Date.UTC(2026, 1, 3, 7, 15);
    const local = digest('2026-02-03 09:14:01 ERROR boom\n', written);
    const zoned = digest('2026-02-03T09:14:01+01:00 ERROR boom\n', Date.UTC(2026, 1, 3, 8, 15));
    assert.equal(new Date(local.groups[0]?.firstAt ?? 0).toISOString(), '2026-02-03T07:14:01.000Z');
    assert.equal(new Date(zoned.groups[0]?.firstAt ?? 0).toISOString(), '2026-02-03T08:14:01.000Z');
  });
});
