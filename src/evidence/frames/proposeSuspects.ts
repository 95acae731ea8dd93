import type { PlacedTrace, ProposalReason, SuspectProposal } from '../../model/traceReport.ts';
import { framesFromDeepest } from '../../model/traceReport.ts';
import type { PlacedFile, PlacedFrame } from '../../model/traceReport.ts';
import { isEnvironmentValuesFile } from '../../model/suspect.ts';

/** Characters of an error in a reason. */
const maxErrorLength = 160;

/**
 * Who is to be looked at first, by a trace: the origin is the topmost frame of the service's own code, the deepest
 * cause's first; the caller is the next one in another file. A frame that is not in the open folders is passed over.
 */
function proposeFromTrace(trace: PlacedTrace): readonly SuspectProposal[] {
  const proposals: SuspectProposal[] = [];
  let passedOver = 0;
  for (const { frame, of } of framesFromDeepest(trace)) {
    const { place } = frame;
    if (place.kind !== 'file') {
      if (frame.own && place.kind !== 'library') passedOver += 1;
      continue;
    }
    if (isEnvironmentValuesFile(place.file.path)) continue;
    const [origin] = proposals;
    if (origin?.file.uri === place.file.uri) continue;
    proposals.push(proposal(origin === undefined ? 'origin' : 'caller', frame, place.file, of, passedOver));
    if (proposals.length === 2) break;
  }
  return proposals;
}

/**
 * The proposals of several traces: of the first one, in the order given, in which a file of the open folders is found;
 * its missing caller is not taken from another error.
 */
export function proposeFromTraces(traces: readonly PlacedTrace[]): readonly SuspectProposal[] {
  // A warning's trace is rarely what broke production.
  const ranked = [...traces].sort((a, b) => Number(isWarning(a)) - Number(isWarning(b)));
  for (const trace of ranked) {
    const proposals = proposeFromTrace(trace);
    if (proposals.length > 0) return proposals;
  }
  return [];
}

function isWarning({ type = '' }: PlacedTrace): boolean {
  return /Warning$|^Deprecated$|^Notice$/.test(type);
}

/** The error that a trace is about, on one line. */
function errorLine({ type, message }: Pick<PlacedTrace, 'type' | 'message'>): string {
  const words = [
    type,
    message
      ?.split('\n')
      .find((line) => line.trim() !== '')
      ?.trim(),
  ].filter((part) => part !== undefined);
  const line = words.join(': ');
  return line.length > maxErrorLength ? `${line.slice(0, maxErrorLength - 1)}…` : line;
}

function proposal(
  role: 'origin' | 'caller',
  { function: name, place }: PlacedFrame,
  file: PlacedFile,
  of: PlacedTrace,
  passedOver: number,
): SuspectProposal {
  const line = place.kind === 'file' && place.line !== undefined ? { line: place.line } : {};
  const doubt = place.kind === 'file' && place.doubt !== undefined ? { doubt: place.doubt } : {};
  const reason: ProposalReason = {
    kind: role === 'origin' ? 'throws' : 'calls',
    error: errorLine(of),
    passedOver,
    ...(name === undefined ? {} : { function: name }),
    ...line,
    ...doubt,
  };
  return { file, role, ...line, reason };
}
