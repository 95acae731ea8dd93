import type { Incident } from '../../src/model/incident.ts';
import { IncidentBuilder } from './incidents.ts';

/** One line of a reply of an incident that goes on for hours, of 125 characters. */
export const longLine =
  'The pool is exhausted above fifty concurrent users, as `payment.js:47` shows, and it recovers after some ninety seconds each.\n';

/** Three hours of one incident: so many questions, each with a reply of so many characters, in the first step. */
export function longIncident(questions: number, charactersOfReply: number): Incident {
  const builder = new IncidentBuilder('Checkout is slow', Date.now() - 3 * 3_600_000);
  builder.evidence({ title: 'error.log, last 50 lines', text: 'one\ntwo' });
  const text = longLine.repeat(Math.ceil(charactersOfReply / longLine.length));
  for (let number = 1; number <= questions; number += 1) {
    const run = builder.ask('orient', number === 1 ? undefined : `Question ${number}: and then?`);
    builder.text(run, `Answer ${number}.\n\n${text}`).end(run);
  }
  return builder.incident;
}
