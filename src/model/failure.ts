import type { EditProblem } from './editProblem.ts';
import type { Finding } from './findingWords.ts';
import type { FixPart } from './fixCheck.ts';

/**
 * What can go wrong, as a kind with facts. The sentence and the next action are made at the edge
 * (`src/wording.ts`), so that tests assert kinds and a translation touches one file.
 */
export type Failure =
  // The workspace
  | { readonly kind: 'noFolder' }
  | { readonly kind: 'noGit' }
  | { readonly kind: 'notARepository'; readonly folder: string }
  | { readonly kind: 'noCommits'; readonly folder: string }
  | { readonly kind: 'gitFailed'; readonly command: string; readonly detail: string }
  | { readonly kind: 'unknownBaseline'; readonly baseline: string }
  | { readonly kind: 'restricted'; readonly what: string }
  // Files and evidence
  | { readonly kind: 'emptyFile'; readonly path: string }
  | { readonly kind: 'binaryFile'; readonly path: string }
  | { readonly kind: 'fileTooLarge'; readonly path: string; readonly bytes: number; readonly limit: number }
  | { readonly kind: 'compressedFile'; readonly path: string }
  /** A packed log that would unpack to more than `limit` bytes. */
  | { readonly kind: 'unpacksTooLarge'; readonly path: string; readonly limit: number }
  | { readonly kind: 'isFolder'; readonly path: string }
  | { readonly kind: 'notARegularFile'; readonly path: string }
  | { readonly kind: 'fileMissing'; readonly path: string }
  | { readonly kind: 'unreadableFile'; readonly path: string; readonly code: string }
  | { readonly kind: 'environmentValues'; readonly path: string }
  | { readonly kind: 'outsideWorkspace'; readonly path: string }
  | {
      readonly kind: 'nothingThere';
      readonly what:
        | 'clipboard'
        | 'selection'
        | 'terminal'
        | 'errorText'
        | 'reply'
        | 'names'
        | 'patterns'
        | 'monitors'
        | 'rollback'
        | Finding;
    }
  | { readonly kind: 'terminalUnavailable'; readonly terminal?: string }
  | { readonly kind: 'tooManySuspects' }
  /** A fourth file would go out before the hypotheses are there. */
  | { readonly kind: 'threeFileRule'; readonly path: string }
  /** Edits of a fix that do not fit the files as they are; nothing of the fix is applied then. At least one. */
  | { readonly kind: 'editsRefused'; readonly problems: readonly EditProblem[] }
  | { readonly kind: 'noFix' }
  /** Parts of the check of a fix are missing: it may not be applied. */
  | { readonly kind: 'fixNotWhole'; readonly missing: readonly FixPart[] }
  /** The files are as the fix would make them already. */
  | { readonly kind: 'nothingToApply' }
  /** A fix that no test run has proved needs a word on why it is applied all the same. */
  | { readonly kind: 'reasonMissing' }
  /** Files have changed since the fix was shown against them: nothing was applied. */
  | { readonly kind: 'changedSince'; readonly paths: readonly string[] }
  /** The preview was closed without applying. */
  | { readonly kind: 'notApplied' }
  /** Changes were left out in the preview, or the files were changed meanwhile: what was applied was taken back. */
  | { readonly kind: 'takenBack'; readonly paths: readonly string[] }
  /** The editor's source control could not do it. */
  | { readonly kind: 'sourceControl'; readonly detail: string }
  /**
   * A request is longer than a model reads. `tokens` and `limit` as the endpoint counted them, or as they were estimated;
   * absent where it did not say. Older journals have `characters` with a limit in characters.
   */
  | {
      readonly kind: 'contextFull';
      readonly tokens?: number;
      readonly limit?: number;
      readonly characters?: number;
      readonly endpoint?: string;
      readonly requestId?: string;
    }
  | { readonly kind: 'noEvidence' }
  | { readonly kind: 'noSuspects' }
  | { readonly kind: 'redactionFailed'; readonly what: string; readonly detail: string }
  // Claude
  | { readonly kind: 'noKey' }
  | {
      readonly kind: 'badEndpoint';
      readonly url: string;
      readonly reason: 'notAUrl' | 'notHttps' | 'hasCredentials' | 'hasQuery' | 'sameName';
    }
  /** The user added it, and has not agreed yet to what is sent to it. */
  | { readonly kind: 'endpointNotAgreed'; readonly endpoint: string; readonly host: string }
  | { readonly kind: 'keyRefused'; readonly endpoint: string; readonly requestId?: string }
  | {
      readonly kind: 'permissionDenied';
      readonly endpoint: string;
      readonly detail: string;
      readonly requestId?: string;
    }
  | { readonly kind: 'modelNotFound'; readonly endpoint: string; readonly model: string; readonly requestId?: string }
  | {
      readonly kind: 'rateLimited';
      readonly endpoint: string;
      readonly retryAfterSeconds?: number;
      readonly requestId?: string;
    }
  | {
      readonly kind: 'overloaded';
      readonly endpoint: string;
      readonly retryAfterSeconds?: number;
      readonly requestId?: string;
    }
  | {
      readonly kind: 'serverError';
      readonly endpoint: string;
      readonly status: number;
      readonly retryAfterSeconds?: number;
      readonly requestId?: string;
    }
  | { readonly kind: 'requestTooLarge'; readonly endpoint: string; readonly requestId?: string }
  | {
      readonly kind: 'requestRefused';
      readonly endpoint: string;
      readonly status: number;
      readonly detail: string;
      readonly requestId?: string;
    }
  | { readonly kind: 'refusal'; readonly endpoint: string; readonly requestId?: string }
  | {
      readonly kind: 'unreachable';
      readonly endpoint: string;
      /** `stranger`: what answered does not speak Claude's API, as the login page of a network does not. */
      readonly hop: 'dns' | 'refused' | 'tls' | 'proxy' | 'redirect' | 'network' | 'timeout' | 'stranger';
      readonly detail: string;
      /** With which a proxy refused. */
      readonly status?: number;
      readonly requestId?: string;
    }
  | {
      readonly kind: 'silent';
      readonly endpoint: string;
      readonly seconds: number;
      /** Pings or comments came all the while. */ readonly wordless?: boolean;
      readonly requestId?: string;
    }
  | { readonly kind: 'cutOff'; readonly endpoint: string; readonly detail: string; readonly requestId?: string }
  /** In US dollars: with the question the incident would cost more than the user set. It is asked all the same when they say so. */
  | { readonly kind: 'overBudget'; readonly spent: number; readonly estimate: number; readonly limit: number }
  /** A compatible server does not take a part of the request, which is then sent without it. */
  | {
      readonly kind: 'parameterRejected';
      readonly endpoint: string;
      readonly parameter: string;
      readonly detail: string;
    }
  | { readonly kind: 'alreadyAsking'; readonly step: string }
  // The record
  | { readonly kind: 'journalWriteFailed'; readonly path: string; readonly code: string }
  | { readonly kind: 'journalUnreadable'; readonly path: string; readonly code: string }
  | { readonly kind: 'journalFromNewerVersion'; readonly path: string; readonly format: number }
  /** Another window writes this incident; here it can only be read. */
  | { readonly kind: 'openElsewhere'; readonly host: string; readonly since: number }
  | { readonly kind: 'badMessage'; readonly detail: string }
  /** The panel asked for a file that it was not offered. */
  | { readonly kind: 'notOffered' }
  /** The user did not agree to send to this host, or wants to look first. */
  | { readonly kind: 'notAgreed'; readonly host: string }
  /** A file of an incident that was to be deleted. */
  | { readonly kind: 'notDeleted'; readonly path: string; readonly code: string }
  /** The user or a newer run stopped it: nothing to show. */
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'unexpected'; readonly detail: string };

export type FailureKind = Failure['kind'];

/** Either a value or why there is none. What every reader of the outside world returns. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

export function succeed<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function fail<T = never>(failure: Failure): Result<T> {
  return { ok: false, failure };
}

/** What an error says of itself, whatever was thrown. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The `code` of a Node system error (`ENOENT`, `EACCES`), or its message where it has none. */
export function errorCode(error: unknown): string {
  if (error instanceof Error) return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
  return String(error);
}
