import * as vscode from 'vscode';
import { parameterMemory, parameters } from '../claude/parameters.ts';
import type { Parameter, ParameterMemory } from '../claude/parameters.ts';
import { inOrder, isResting } from '../claude/endpointHealth.ts';
import { EndpointBook } from '../investigation/endpointBook.ts';
import { Probing } from '../investigation/probing.ts';
import type { Target } from '../investigation/answering.ts';
import { endpointId, endpointLabel } from '../model/claude.ts';
import type { Endpoint } from '../model/claude.ts';
import { fail, succeed } from '../model/failure.ts';
import type { Result } from '../model/failure.ts';
import type { EndpointState } from '../protocol.ts';
import type { Keys } from './keys.ts';
import type { Log } from './log.ts';
import { configuredEndpoints } from './settings.ts';

const agreedKey = 'incidentPanel.agreedEndpoints';
const preferredKey = 'incidentPanel.preferredEndpoint';
const leftOutKey = 'incidentPanel.leftOutParameters';

/**
 * The endpoints of this installation: those of the settings, which of them the user agreed to, which one is asked first,
 * and how they fare. Nothing is ever sent to one that was added and not agreed to.
 */
export class Endpoints implements vscode.Disposable {
  readonly book = new EndpointBook();
  readonly parameters: ParameterMemory;
  readonly onDidChange: vscode.Event<void>;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #probing: Probing;
  readonly #memento: vscode.Memento;
  readonly #keys: Keys;

  constructor(memento: vscode.Memento, keys: Keys, log: Log) {
    this.#memento = memento;
    this.#keys = keys;
    this.onDidChange = this.#changed.event;
    this.parameters = parameterMemory(leftOutOf(memento.get<unknown>(leftOutKey)), (known) => {
      void memento.update(leftOutKey, known);
    });
    const tell = (): void => this.#changed.fire();
    this.book.onDidChange(tell);
    this.#probing = new Probing(
      this.book,
      () => this.#targets(),
      tell,
      (message) => log.info(message),
    );
  }

  /** All endpoints of the settings, the preferred one first, and why others are not among them. */
  all(): ReturnType<typeof configuredEndpoints> {
    const { endpoints, failures } = configuredEndpoints();
    const preferred = this.#memento.get<unknown>(preferredKey);
    const isFirst = (endpoint: Endpoint): number => (endpointId(endpoint) === preferred ? 0 : 1);
    return { endpoints: endpoints.toSorted((one, other) => isFirst(one) - isFirst(other)), failures };
  }

  /** The endpoint that is asked first, whatever its health. */
  first(): Result<Endpoint> {
    const { endpoints, failures } = this.all();
    const [first] = endpoints.filter((endpoint) => this.isAgreed(endpoint));
    if (first !== undefined) return succeed(first);
    const [added] = endpoints;
    if (added !== undefined) return fail({ kind: 'endpointNotAgreed', endpoint: added.name, host: added.baseUrl.host });
    return fail(failures[0] ?? { kind: 'noKey' });
  }

  /** What the user calls the endpoint that is asked first. */
  get firstName(): string | undefined {
    const first = this.first();
    return first.ok ? first.value.name : undefined;
  }

  /** Those that may take over from it. */
  fallbacks(): readonly Endpoint[] {
    return this.all()
      .endpoints.filter((endpoint) => this.isAgreed(endpoint))
      .slice(1);
  }

  keyOf(endpoint: Endpoint): Promise<string | undefined> {
    return this.#keys.keyOf(endpoint);
  }

  isAgreed(endpoint: Endpoint): boolean {
    return endpoint.added !== true || this.#agreed().includes(endpointId(endpoint));
  }

  /** Keeps what the user said of an endpoint: that it may answer, or that it may not. */
  async agree(endpoint: Endpoint, agreed: boolean): Promise<void> {
    const others = this.#agreed().filter((id) => id !== endpointId(endpoint));
    await this.#memento.update(agreedKey, agreed ? [...others, endpointId(endpoint)] : others);
    this.#changed.fire();
  }

  /** From now on it is asked first, also where it was resting. */
  async prefer(endpoint: Endpoint): Promise<void> {
    await this.#memento.update(preferredKey, endpointId(endpoint));
    this.forgive(endpoint);
    this.#changed.fire();
  }

  forgive(endpoint: Endpoint): void {
    this.book.note({ type: 'forgiven', endpoint: endpointId(endpoint) });
  }

  /** How each stands, in the order in which they would be asked now. */
  async states(): Promise<readonly EndpointState[]> {
    const { endpoints } = this.all();
    const now = this.book.now();
    const byId = new Map(endpoints.map((endpoint) => [endpointId(endpoint), endpoint]));
    const states: EndpointState[] = [];
    for (const [id, endpoint] of byId) {
      const { penalty, limits } = this.book.state[id] ?? {};
      const resting = isResting(this.book.state, id, now) ? penalty : undefined;
      states.push({
        ...endpointLabel(endpoint),
        id,
        hasKey: (await this.#keys.keyOf(endpoint)) !== undefined,
        agreed: this.isAgreed(endpoint),
        ...(resting === undefined ? {} : { rests: { until: resting.until, failure: resting.failure } }),
        ...(limits === undefined ? {} : { limits }),
      });
    }
    const order = inOrder(this.book.state, [...byId.keys()], now);
    return states.toSorted((one, other) => order.indexOf(one.id) - order.indexOf(other.id));
  }

  dispose(): void {
    this.#probing.dispose();
    this.#changed.dispose();
  }

  async #targets(): Promise<readonly Target[]> {
    const first = this.first();
    const targets: Target[] = [];
    for (const endpoint of [...(first.ok ? [first.value] : []), ...this.fallbacks()]) {
      const key = await this.#keys.keyOf(endpoint);
      if (key !== undefined) targets.push({ endpoint, key });
    }
    return targets;
  }

  #agreed(): readonly string[] {
    const kept = this.#memento.get<unknown>(agreedKey);
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : [];
  }
}

/** What an earlier window remembered, as far as it is what this one writes. */
function leftOutOf(kept: unknown): Readonly<Record<string, readonly Parameter[]>> {
  if (typeof kept !== 'object' || kept === null) return {};
  return Object.fromEntries(
    Object.entries(kept).map(([slot, names]) => [
      slot,
      parameters.filter((parameter) => Array.isArray(names) && names.includes(parameter)),
    ]),
  );
}
