import { sessionRaceLogs } from './logs/session-race.mjs';
import { stripeKeyLogs } from './logs/stripe-key.mjs';

/**
 * @typedef {object} DemoIncident
 * @property {'stripe-key' | 'session-race'} name also the folder of its history: `demo/incidents/<name>/history`
 * @property {string} title for a chooser
 * @property {string} description one line, for a chooser
 * @property {string} culprit the subject of the commit that brought the bug
 * @property {string[]} releases the tags, each on the commit with the subject `Release <tag without its v>`
 * @property {(repository: string) => { error: string, stack: string }} logs the texts of error.log and stack.log
 */

/** The demo incidents, in the order a chooser should offer them. @type {readonly DemoIncident[]} */
export const incidents = [
  {
    name: 'stripe-key',
    title: 'Every checkout fails after a release',
    description: 'A tidied configuration lost a key: Cannot read property stripe_key of undefined at payment.js:47.',
    culprit: 'Tidy configuration loading',
    releases: ['v2.17.0', 'v2.18.0', 'v2.18.1', 'v2.18.2'],
    logs: stripeKeyLogs,
  },
  {
    name: 'session-race',
    title: 'One request in a hundred fails under load',
    description: 'A race in the session store: intermittent 500s, only above 50 concurrent users.',
    culprit: 'Keep at most fifty sessions in memory',
    releases: ['v4.6.0', 'v4.7.0', 'v4.7.1', 'v4.7.2'],
    logs: sessionRaceLogs,
  },
];
