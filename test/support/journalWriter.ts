import { writeSync } from 'node:fs';
import { IncidentStore } from '../../src/incident/store.ts';
import { firstAsked, harmless } from './incidents.ts';

/**
 * A process that records an endless reply in the journal that its argument names, and reports each event once it is
 * recorded: a line `SEQ`, or `SEQ CODE` and an end where writing fails. For tests that end it in the middle.
 */
const store = IncidentStore.start({
  path: process.argv[2] ?? '',
  now: Date.now,
  id: 'killed',
  title: harmless('Killed'),
});
const { runId } = firstAsked;
store.dispatch(firstAsked);
for (;;) {
  const { seq } = store.dispatch({ type: 'replyDelta', runId, text: harmless(`${store.incident.seq + 1} é€😀 `) });
  const { failure } = store;
  writeSync(1, `${seq}${failure?.kind === 'journalWriteFailed' ? ` ${failure.code}` : ''}\n`);
  if (failure !== undefined) break;
}
