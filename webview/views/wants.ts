import { pendingEvidence, runsOf } from '../../src/model/incident.ts';
import { openProposals } from '../../src/model/traceReport.ts';
import type { PanelContext } from './context.ts';

/** Whether step 1 could be asked and has nothing to send: to add something comes before to ask. */
export function wantsEvidence({ incident, surroundings, view }: PanelContext): boolean {
  const pasted = (view.draft('error') ?? '').trim() !== '';
  if (pasted || !surroundings.hasKey || surroundings.readOnly !== undefined) return false;
  return runsOf(incident, 'orient').length === 0 && pendingEvidence(incident, 'orient').length === 0;
}

/** Whether step 2 could be asked and has no file to read: to choose one comes before to ask. */
export function wantsFiles({ incident, surroundings }: PanelContext): boolean {
  if (!surroundings.hasKey || surroundings.readOnly !== undefined) return false;
  return runsOf(incident, 'files').length === 0 && incident.suspects.length === 0;
}

/**
 * Where the first suspect is best taken from, if there is none: the places that a trace surely names, else the files that
 * Claude asked for, else a dialog.
 */
export function suspectSource(
  context: PanelContext,
  askedFor: number,
): 'proposals' | 'askedFor' | 'dialog' | undefined {
  if (!wantsFiles(context)) return undefined;
  if (openProposals(context.traces, context.incident).length > 0) return 'proposals';
  return askedFor > 0 ? 'askedFor' : 'dialog';
}
