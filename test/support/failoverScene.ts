import assert from 'node:assert/strict';
import { join } from 'node:path';
import { parseEndpoint } from '../../src/claude/endpoint.ts';
import { IncidentStore } from '../../src/incident/store.ts';
import { EndpointBook } from '../../src/investigation/endpointBook.ts';
import { Investigation } from '../../src/investigation/investigation.ts';
import { untitled } from '../../src/model/untitled.ts';
import type { InvestigationWorld } from '../../src/investigation/world.ts';
import type { Endpoint } from '../../src/model/claude.ts';
import type { Incident } from '../../src/model/incident.ts';
import type { Run } from '../../src/model/reply.ts';
import { ClaudeServer } from './claudeServer.ts';
import type { RecordedRequest } from './claudeServer.ts';
import { log, testWorld } from './investigationWorld.ts';

/** The keys of the two endpoints. Neither looks like a key that a rule knows: what hides one must be that it is nowhere. */
const firstKey = 'gate-first-7f3a91c2e5';
export const secondKey = 'gate-second-5d20be48a1';

/** Two Claude-compatible servers on this machine, an incident with an error in it, and the real coordinator between them. */
export class FailoverScene {
  readonly first: ClaudeServer;
  readonly second: ClaudeServer;
  readonly book: EndpointBook;
  readonly store: IncidentStore;
  readonly investigation: Investigation;
  readonly path: string;
  readonly logged: string[] = [];

  private constructor(
    folder: string,
    first: ClaudeServer,
    second: ClaudeServer,
    more: Partial<InvestigationWorld>,
    now: () => number,
    firstUrl: string,
  ) {
    this.first = first;
    this.second = second;
    this.book = new EndpointBook(now);
    this.path = join(folder, 'incident.jsonl');
    this.store = IncidentStore.start({ path: this.path, now, id: 'incident', title: untitled });
    const primary = named('First', firstUrl);
    const backup = named('Second', second.url, true);
    const world = testWorld(first.url, {
      endpoint: () => ({ ok: true, value: primary }),
      fallbacks: () => [backup],
      key: async ({ name }) => (name === 'First' ? firstKey : secondKey),
      health: this.book,
      log: (message) => this.logged.push(message),
      // A busy machine must not look like an endpoint that went silent.
      streaming: { idleMs: 1_500, retryDelayMs: 1 },
      ...more,
    });
    this.investigation = new Investigation(this.store, world);
  }

  /** `firstUrl` in place of the first server's own, for an address where nobody answers. */
  static async start(
    folder: string,
    more: Partial<InvestigationWorld> = {},
    { now = Date.now, firstUrl }: { readonly now?: () => number; readonly firstUrl?: string } = {},
  ): Promise<FailoverScene> {
    const first = await ClaudeServer.start();
    const second = await ClaudeServer.start();
    const scene = new FailoverScene(folder, first, second, more, now, firstUrl ?? first.url);
    await scene.investigation.addEvidence(log);
    return scene;
  }

  get incident(): Incident {
    return this.investigation.incident;
  }

  get lastRun(): Run {
    return this.incident.runs.at(-1) ?? assert.fail('no question was asked');
  }

  /** Asks step 1 and waits for the end of its reply. */
  async ask(): Promise<Run> {
    assert.equal(await this.investigation.ask({ step: 'orient', kind: 'step' }), undefined);
    return this.lastRun;
  }

  /** The journal says the same as what was shown, and neither it nor the log holds a key. */
  assertJournalIsWhole(): void {
    const reopened = IncidentStore.open({ path: this.path, now: Date.now });
    assert.ok(reopened.ok);
    assert.deepEqual(reopened.value.incident, this.incident);
    assert.equal(reopened.value.damage.badLines, 0);
    assert.equal(this.store.failure, undefined);
    reopened.value.dispose();
    const written = JSON.stringify([this.incident, this.logged]);
    assert.ok(!written.includes(firstKey) && !written.includes(secondKey), 'a key is in the record');
  }

  /** Each endpoint got its own key, and nothing of the other's: no key, no cookie, no thinking. */
  assertNothingForeign(): void {
    for (const [server, own, foreign] of [
      [this.first, firstKey, secondKey],
      [this.second, secondKey, firstKey],
    ] as const) {
      for (const request of server.requests) {
        assert.equal(request.headers.authorization, `Bearer ${own}`);
        assert.ok(!JSON.stringify(request).includes(foreign), 'a foreign key was sent');
        assert.equal(request.headers.cookie, undefined);
      }
    }
  }

  async stop(): Promise<void> {
    await this.investigation.stop();
    this.store.dispose();
    await this.first.stop();
    await this.second.stop();
  }
}

/** The messages of a request, as they were sent. */
export function messagesOf(request: RecordedRequest | undefined): readonly SentMessage[] {
  const body = JSON.parse(request?.body ?? '{}') as { readonly messages?: readonly SentMessage[] };
  return body.messages ?? [];
}

export interface SentMessage {
  readonly role: string;
  readonly content: readonly { readonly type: string; readonly text?: string; readonly name?: string }[];
}

export function named(name: string, baseUrl: string, added = false): Endpoint {
  const parsed = parseEndpoint({ name, baseUrl, model: `model-of-${name.toLowerCase()}`, added });
  assert.ok(parsed.ok);
  return parsed.value;
}
