import type { ParameterMemory } from '../claude/parameters.ts';
import type { ReplyOptions } from '../claude/streamReply.ts';
import type { HouseRule } from '../incident/houseRules.ts';
import type { Endpoint, ReplyEvent } from '../model/claude.ts';
import type { CollectedEvidence } from '../model/evidence.ts';
import type { LanguageServerAnswer } from '../evidence/callers.ts';
import type { ChangedFunction } from '../evidence/changedFunctions.ts';
import type { FailingLine } from '../evidence/failingLines.ts';
import type { Result } from '../model/failure.ts';
import type { Suspect } from '../model/suspect.ts';
import type { Redactor } from '../redaction/redactor.ts';
import type { Budget } from './budget.ts';
import type { EndpointBook } from './endpointBook.ts';

/** What the coordinator needs of the world around it. */
export interface InvestigationWorld {
  readonly redactor: Redactor;
  /** The endpoint that is asked first. */
  readonly endpoint: () => Result<Endpoint>;
  /** Those that may take over, in their order: each was added by the user, who agreed to what is sent to it. */
  readonly fallbacks?: () => readonly Endpoint[];
  /** What answers instead of the network: a demo's recorded replies. Absent: endpoints are asked. */
  readonly reply?: (options: ReplyOptions) => AsyncIterable<ReplyEvent>;
  /** An endpoint's own key. */
  readonly key: (endpoint: Endpoint) => Promise<string | undefined>;
  /** What is known of the endpoints from earlier replies. */
  readonly health?: EndpointBook;
  readonly parameters?: ParameterMemory;
  /** Milliseconds that are waited for an endpoint before another one takes over. */
  readonly longestWaitMs?: () => number;
  /** What an incident may cost before a question is asked about. */
  readonly budget?: () => Budget;
  readonly readSuspect: (suspect: Suspect, signal: AbortSignal) => Promise<Result<CollectedEvidence>>;
  /** The environment variables that the suspects read and where each is declared, as evidence of step 4. */
  readonly environmentTable: (
    suspects: readonly Suspect[],
    signal: AbortSignal,
  ) => Promise<Result<readonly CollectedEvidence[]>>;
  /** What the folder's CLAUDE.md says for an incident. */
  readonly houseRules: () => Promise<readonly HouseRule[]>;
  /** Whether anything of the folder may be executed, which includes git. */
  readonly trusted: () => boolean;
  /** Absolute paths of the window's folders. */
  readonly folders: () => readonly string[];
  /** The absolute path of a file's URI, and of the window's folder that it is in. */
  readonly pathOf: (uri: string) => string;
  readonly folderOf: (uri: string) => string | undefined;
  /** Tokens that a model reads and writes at most in one request; the usual window where it is left out. */
  readonly contextWindow?: (model: string) => number;
  /** The lines of the workspace that the evidence's stack traces name, where it throws first. Absent: none are known. */
  readonly failingLines?: () => readonly FailingLine[];
  /** Who calls a function, by the editor's language server. Absent: there is no editor. */
  readonly languageServerCallers?: (
    file: string,
    changed: ChangedFunction,
    signal: AbortSignal,
  ) => Promise<LanguageServerAnswer>;
  /** Tells what the user need not see. */
  readonly log: (message: string) => void;
  /** Times of streaming other than the usual ones. */
  readonly streaming?: Pick<ReplyOptions, 'idleMs' | 'retryDelayMs'>;
}
