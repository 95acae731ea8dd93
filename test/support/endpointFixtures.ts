import type { StepEstimate } from '../../src/model/cost.ts';
import { knownPrices } from '../../src/model/price.ts';
import type { EndpointLabel } from '../../src/model/reply.ts';
import type { EndpointState, Surroundings } from '../../src/protocol.ts';
import { fullSurroundings, IncidentBuilder } from './incidents.ts';
import type { PanelFixture } from './panelFixtures.ts';

const backup: EndpointLabel = {
  name: 'Backup gateway',
  host: 'claude.example.com',
  model: 'claude-sonnet-5-5',
  demo: false,
};

/** The state of an endpoint in which nothing is wrong. */
function ready(label: EndpointLabel): EndpointState {
  return { ...label, id: label.name, hasKey: true, agreed: true };
}

const anthropic: EndpointLabel = { ...backup, name: 'Anthropic', host: 'api.anthropic.com' };

function around(endpoints: readonly EndpointState[], endpoint = backup): Surroundings {
  return { ...fullSurroundings, endpoint, endpoints };
}

/** The first endpoint limits in mid-reply, another one goes on with the text. */
export function continuedElsewhere(ended = false): PanelFixture {
  const builder = new IncidentBuilder('Checkout fails with a TypeError', Date.now() - 720_000).evidence({
    title: 'logs/error.log',
  });
  const run = builder.ask('orient');
  builder.text(run, 'Every payment fails at `src/services/payment.js:47`: the section `stripe` of the configuration ');
  builder.add({
    type: 'replyContinued',
    runId: run,
    endpoint: backup,
    failure: { kind: 'rateLimited', endpoint: 'Anthropic', retryAfterSeconds: 240, requestId: 'req_011CSLsW7mFq' },
    usage: { input: 4_100, output: 60, cacheRead: 12_000, cacheWrite: 900 },
  });
  builder.text(run, 'is read before it is there [E1:2].');
  if (ended) builder.end(run);
  const resting: EndpointState = {
    ...ready(anthropic),
    rests: {
      until: Date.now() + 240_000,
      failure: { kind: 'rateLimited', endpoint: 'Anthropic', retryAfterSeconds: 240 },
    },
  };
  const limits = [
    { kind: 'requests', remaining: 3, limit: 50, resetsAt: Date.now() + 40_000 },
    { kind: 'inputTokens', remaining: 61_000, limit: 80_000 },
  ] as const;
  return { incident: builder.incident, surroundings: around([{ ...ready(backup), limits }, resting]) };
}

/** Before the first word: a wait that is counted down. */
export function waitsToRetry(): PanelFixture {
  const builder = new IncidentBuilder('Checkout fails with a TypeError', Date.now() - 720_000).evidence({
    title: 'logs/error.log',
  });
  const runId = builder.ask('orient');
  const failure = { kind: 'overloaded', endpoint: 'Anthropic', requestId: 'req_2' } as const;
  builder.add({
    type: 'replyRetrying',
    runId,
    retry: { attempt: 2, attempts: 3, resumesAt: Date.now() + 9_000, failure },
  });
  return { incident: builder.incident, surroundings: around([ready(anthropic)], anthropic) };
}

/** A second endpoint stands in the settings, and the user has not agreed to it. */
export function notAllowedYet(): PanelFixture {
  const builder = new IncidentBuilder('Checkout fails with a TypeError', Date.now() - 720_000).evidence({
    title: 'logs/error.log',
  });
  const waiting = { ...ready(backup), agreed: false };
  return { incident: builder.incident, surroundings: around([ready(anthropic), waiting], anthropic) };
}

/** Nothing was asked yet; what step 1 would send, as the host reckons it. */
export function estimated(orient: StepEstimate): PanelFixture {
  const builder = new IncidentBuilder('Checkout fails with a TypeError', Date.now() - 720_000).evidence({
    title: 'logs/error.log',
  });
  const cost = { prices: knownPrices, limit: 0, nextTokens: { orient } };
  return { incident: builder.incident, surroundings: { ...around([ready(anthropic)], anthropic), cost } };
}

/** Another window writes the incident. */
export function followed(): PanelFixture {
  const { incident, surroundings } = estimated({ tokens: 9_000 });
  return {
    incident,
    surroundings: { ...surroundings, readOnly: { kind: 'openElsewhere', host: 'laptop', since: Date.now() - 60_000 } },
  };
}
