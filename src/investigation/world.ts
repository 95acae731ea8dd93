import type { ReplyOptions } from '../claude/streamReply.ts';
import type { Endpoint } from '../model/claude.ts';
import type { CollectedEvidence } from '../model/evidence.ts';
import type { Result } from '../model/failure.ts';
import type { Suspect } from '../model/suspect.ts';
import type { Redactor } from '../redaction/redactor.ts';

/** What the coordinator needs of the world around it. */
export interface InvestigationWorld {
  readonly redactor: Redactor;
  readonly endpoint: () => Result<Endpoint>;
  readonly key: () => Promise<string | undefined>;
  readonly readSuspect: (suspect: Suspect, signal: AbortSignal) => Promise<Result<CollectedEvidence>>;
  /** Tells what the user need not see. */
  readonly log: (message: string) => void;
  /** Times of streaming other than the usual ones. */
  readonly streaming?: Pick<ReplyOptions, 'idleMs' | 'retryDelayMs'>;
}
