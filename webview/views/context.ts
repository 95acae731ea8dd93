import type { Incident } from '../../src/model/incident.ts';
import type { TraceReport } from '../../src/model/traceReport.ts';
import type { Surroundings } from '../../src/protocol.ts';
import type { Actions } from '../actions.ts';
import type { ReplyTexts } from '../replies.ts';
import type { ViewState } from '../viewState.ts';

/** All that a view is made from. Views read it, send intents through `actions` and keep nothing themselves. */
export interface PanelContext {
  readonly incident: Incident;
  readonly surroundings: Surroundings;
  /** What the stack traces of the evidence tell of the open folders. */
  readonly traces: TraceReport;
  readonly view: ViewState;
  readonly actions: Actions;
  readonly replies: ReplyTexts;
  /** When this render happens, in epoch milliseconds. */
  readonly now: number;
}
