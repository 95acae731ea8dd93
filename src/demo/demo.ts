import { incidents, makeIncident } from '../../demo/make-incident.mjs';
import { repliesTo } from '../../demo/replies/choose.mjs';
import type { ReplyEvent } from '../model/claude.ts';
import type { Prompt } from '../model/request.ts';
import { replay } from './replay.ts';
import type { Pace } from './replay.ts';

/** A demo incident, for a chooser. */
export interface Demo {
  readonly name: string;
  readonly title: string;
  readonly description: string;
}

/**
 * The demo incidents that come with the extension. This file is a bundle of its own, `dist/demo/demo.mjs`, with the
 * histories of the services beside it, and is loaded by the first demo alone.
 */
export const demos: readonly Demo[] = incidents.map(({ name, title, description }) => ({ name, title, description }));

/**
 * Writes a demo incident into an empty or missing folder: a service with a bug, its git history, its production logs.
 * @throws when there is no such demo, the folder is not empty, or git is missing (`ENOENT`) or fails
 */
export async function makeDemo(name: string, folder: string, signal: AbortSignal): Promise<void> {
  await makeIncident(name, folder, { signal });
}

/**
 * Answers a request with the recorded reply that fits its question. Never throws for a question: one that nobody recorded
 * an answer to is told so.
 * @throws when there is no such demo
 */
export function demoReply(
  name: string,
  { prompt, signal, pace }: { readonly prompt: Prompt; readonly signal: AbortSignal; readonly pace?: Pace },
): AsyncIterable<ReplyEvent> {
  const { byKey, keyFor } = repliesTo(name);
  const reply = byKey.get(keyFor(prompt)) ?? { text: '' };
  const promptCharacters = JSON.stringify(prompt).length;
  return replay(reply, { promptCharacters, signal, ...(pace === undefined ? {} : { pace }) });
}
