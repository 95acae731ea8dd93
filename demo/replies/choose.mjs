import { sessionRaceReplies } from './session-race.mjs';
import { stripeKeyReplies } from './stripe-key.mjs';

/** What the demo server calls its model. */
export const MODEL = 'demo-replies';

/** What the server says of itself when it is asked something that no step asks. */
export const ABOUT =
  'This is a demo server, not Claude. It has written replies to the seven steps of two demo incidents ' +
  '(stripe-key and session-race) and to follow-up questions about them, and knows nothing else.';

/**
 * @typedef {object} Reply
 * @property {string} text Markdown
 * @property {{ name: string, input: object }} [tool] called at the end of the reply
 */

/**
 * @typedef {object} IncidentReplies
 * @property {readonly Reply[]} steps the seven steps, in order
 * @property {readonly (Reply & { about: RegExp })[]} followUps the first that matches the question answers it
 * @property {string} otherwise answers any other follow-up
 */

/** @type {Readonly<Record<string, IncidentReplies>>} */
const written = { 'stripe-key': stripeKeyReplies, 'session-race': sessionRaceReplies };

/** The line that the panel begins a step's question with. */
const STEP = /^Step ([1-7]) of 7: /;

/**
 * The demo replies to one incident.
 *
 * @param {string} incident one of `incidents`
 * @throws {Error} when there are none
 */
export function repliesTo(incident) {
  const replies = Object.hasOwn(written, incident) ? written[incident] : undefined;
  if (replies === undefined) throw new Error(`There are no demo replies to an incident called ${incident}.`);

  /** Every reply by a key, which is what `keyFor` answers with. @type {Map<string, Reply>} */
  const byKey = new Map([['about', { text: ABOUT }]]);
  replies.steps.forEach((reply, index) => {
    byKey.set(`step-${index + 1}`, reply);
    byKey.set(`step-${index + 1}-text-only`, { text: reply.text });
  });
  replies.followUps.forEach(({ text, tool }, index) => {
    byKey.set(`follow-up-${index + 1}`, tool === undefined ? { text } : { text, tool });
    byKey.set(`follow-up-${index + 1}-text-only`, { text });
  });
  byKey.set('follow-up', { text: replies.otherwise });

  /**
   * The key of the reply to a request to the Messages API, whatever it holds. What counts is the last text of the last
   * user message; evidence and tool results before it do not.
   *
   * @param {unknown} request
   */
  const keyFor = (request) => {
    const questions = userMessages(request).map(lastText);
    const question = questions.at(-1) ?? '';
    const step = STEP.exec(question)?.[1];
    /** @param {string} key */
    const withOfferedTool = (key) => {
      const tool = byKey.get(key)?.tool;
      return tool === undefined || offers(request, tool.name) ? key : `${key}-text-only`;
    };
    if (step !== undefined) return withOfferedTool(`step-${step}`);
    if (!questions.some((each) => STEP.test(each))) return 'about';
    const known = replies.followUps.findIndex(({ about }) => about.test(question));
    return known === -1 ? 'follow-up' : withOfferedTool(`follow-up-${known + 1}`);
  };
  return { byKey, keyFor };
}

/** @param {unknown} value @param {string} name @returns {unknown} */
function property(value, name) {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** @param {unknown} value @returns {unknown[]} */
function list(value) {
  return Array.isArray(value) ? value : [];
}

/** @param {unknown} request */
function userMessages(request) {
  return list(property(request, 'messages')).filter((message) => property(message, 'role') === 'user');
}

/** @param {unknown} message @returns {string} */
function lastText(message) {
  const content = property(message, 'content');
  if (typeof content === 'string') return content;
  const texts = list(content).filter((block) => property(block, 'type') === 'text');
  const text = property(texts.at(-1), 'text');
  return typeof text === 'string' ? text : '';
}

/** Whether a request lets the model call a tool. @param {unknown} request @param {string} tool */
function offers(request, tool) {
  const choice = property(property(request, 'tool_choice'), 'type');
  return choice !== 'none' && list(property(request, 'tools')).some((each) => property(each, 'name') === tool);
}
