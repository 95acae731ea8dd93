import { dollars } from './model/cost.ts';
import { badEndpoint, hops, parameterInWords } from './model/endpointWords.ts';
import { lengthInWords } from './model/contextWindow.ts';
import type { Failure } from './model/failure.ts';
import { explainApplying, explainEdits, nothingAfterFix } from './editWording.ts';
import { nothingFound } from './model/findingWords.ts';
import { inMegabytes } from './model/figures.ts';
import type { GroundedClaim, UngroundedReason } from './model/grounding.ts';

/** A button beside a failure: one of the commands that the panel may run. */
export interface FailureAction {
  readonly label: string;
  readonly command:
    'setApiKey' | 'openFolder' | 'manageTrust' | 'showLog' | 'allowEndpoint' | 'selectModel' | 'takeOverIncident';
}

/** What a person reads: what happened, and what to do next. */
export interface Explanation {
  readonly what: string;
  readonly next: string;
  readonly action?: FailureAction;
}

const setKey: FailureAction = { label: 'Set API Key', command: 'setApiKey' };
const showLog: FailureAction = { label: 'Show Log', command: 'showLog' };
const allowEndpoint: FailureAction = { label: 'Review', command: 'allowEndpoint' };
const selectModel: FailureAction = { label: 'Select Model', command: 'selectModel' };
const openFolder: FailureAction = { label: 'Open Folder', command: 'openFolder' };
const takeOver: FailureAction = { label: 'Take Over', command: 'takeOverIncident' };
const manageTrust: FailureAction = { label: 'Manage Workspace Trust', command: 'manageTrust' };

/** Turns a failure into words, at the one place where words are made. Shown in the panel or in a notification. */
export function explain(failure: Failure): Explanation {
  switch (failure.kind) {
    case 'noFolder':
      return {
        what: 'No folder is open.',
        next: 'Open the folder of the failing service to add suspects and logs. Pasted errors work without one.',
        action: openFolder,
      };
    case 'noGit':
      return {
        what: 'Git was not found on this machine.',
        next: 'Install Git for the regression diff; all other steps work without it.',
      };
    case 'notARepository':
      return {
        what: `${failure.folder} is not a Git repository.`,
        next: 'Steps that need history are left out; all others work.',
      };
    case 'noCommits':
      return {
        what: `The repository in ${failure.folder} has no commits yet.`,
        next: 'Steps that need history are left out; all others work.',
      };
    case 'gitFailed':
      return {
        what: sentence(`git ${failure.command} failed: ${failure.detail}`),
        next: 'Nothing was lost. Mend it in the repository and ask again.',
        action: showLog,
      };
    case 'unknownBaseline':
      return {
        what: `There is no commit to compare with: ${failure.baseline}.`,
        next: 'Choose another baseline for the regression diff.',
      };
    case 'restricted':
      return {
        what: `This folder is in Restricted Mode, so ${failure.what} is off.`,
        next: 'Reading evidence and asking Claude work as usual.',
        action: manageTrust,
      };
    case 'notDeleted':
      return {
        what: `${failure.path} could not be deleted (${failure.code}).`,
        next: 'Everything else of the incident is gone. Delete this file by hand.',
      };
    case 'notAgreed':
      return {
        what: `Nothing was sent to ${failure.host}.`,
        next: 'Look at what would be sent, and ask again when you agree to it.',
      };
    case 'notOffered':
      return {
        what: 'This log is not among those that were found.',
        next: 'Nothing was added. Choose it with “Log File…”.',
      };
    case 'emptyFile':
      return { what: `${failure.path} is empty.`, next: 'Nothing was added. Choose another file, or paste the error.' };
    case 'binaryFile':
      return {
        what: `${failure.path} is a binary file.`,
        next: 'Nothing was added. Choose a text file, or paste the text.',
      };
    case 'fileTooLarge':
      return {
        what: `${failure.path} has ${inMegabytes(failure.bytes)}; a suspect may have ${inMegabytes(failure.limit)} at most.`,
        next: 'Select the lines that matter and add the selection as evidence.',
      };
    case 'compressedFile':
      return {
        what: `${failure.path} is compressed.`,
        next: 'Nothing was added. Unpack it and add the unpacked file, or paste the lines that matter.',
      };
    case 'unpacksTooLarge':
      return {
        what: `${failure.path} unpacks to more than ${inMegabytes(failure.limit)}, or to far more than a log does.`,
        next: 'Nothing was added. Unpack the part that matters yourself and add that file.',
      };
    case 'notARegularFile':
      return {
        what: `${failure.path} is a pipe, socket or device, not a file.`,
        next: 'Write its output into a file and add that, or paste the text.',
      };
    case 'isFolder':
      return { what: `${failure.path} is a folder.`, next: 'Add a file in it as a suspect.' };
    case 'fileMissing':
      return {
        what: `${failure.path} does not exist.`,
        next: 'It may have been moved or deleted. Choose another file.',
      };
    case 'unreadableFile':
      return {
        what: `${failure.path} could not be read (${failure.code}).`,
        next: 'Nothing was added. Check its permissions and try again.',
      };
    case 'environmentValues':
      return {
        what: `${failure.path} holds environment values, which never leave this machine.`,
        next: 'Add its example or template instead.',
      };
    case 'outsideWorkspace':
      return { what: `${failure.path} is outside the open folder.`, next: 'Open its folder to add it as a suspect.' };
    case 'nothingThere':
      return nothingThere(failure.what);
    case 'terminalUnavailable':
      return {
        what:
          failure.terminal === undefined
            ? 'No terminal is open.'
            : `The output of “${failure.terminal}” cannot be read: its shell has no shell integration, and nothing is selected in it.`,
        next: 'Select the lines in the terminal and add them again, or copy them and add the clipboard.',
      };
    case 'tooManySuspects':
      return { what: 'There are three suspects already.', next: 'Remove one, or choose which one to replace.' };
    case 'threeFileRule':
      return {
        what: `${failure.path} would be the fourth file that Claude reads before the hypotheses.`,
        next: 'Ask step 3 first; after it, other files may go out.',
      };
    case 'editsRefused':
      return explainEdits(failure.problems);
    case 'noFix':
      return { what: 'No fix is recorded yet.', next: 'Ask step 6 first.' };
    case 'fixNotWhole':
    case 'nothingToApply':
    case 'reasonMissing':
    case 'changedSince':
    case 'notApplied':
    case 'takenBack':
    case 'sourceControl':
      return explainApplying(failure);
    case 'contextFull':
      return {
        what: `${failure.endpoint === undefined ? 'The question' : `${failure.endpoint}: the question`} is longer than the model can read${lengthInWords(failure)}.`,
        next: 'All that could be cut was cut. Shorten your reply, take out evidence that was not sent yet, or choose a model with a larger context window.',
      };
    case 'noEvidence':
      return {
        what: 'There is no error for Claude to look at yet.',
        next: 'Paste the error, or add a log, the terminal output or a selection.',
      };
    case 'noSuspects':
      return {
        what: 'There is no suspect file yet.',
        next: 'Add one to three files: the origin, its caller, the configuration.',
      };
    case 'redactionFailed':
      return {
        what: `${failure.what} could not be checked for secrets (${failure.detail}), so it is not used.`,
        next: 'Nothing was sent. Try a smaller part of it.',
      };
    case 'noKey':
      return {
        what: 'No API key is set.',
        next: 'Set it once; it is kept in the editor’s secret storage. What you collected stays.',
        action: setKey,
      };
    case 'badEndpoint':
      return {
        what: `The endpoint ${failure.url} cannot be used: ${badEndpoint[failure.reason]}.`,
        next: 'Correct incidentPanel.endpoints in the settings, or ANTHROPIC_BASE_URL, and reload the window. What you collected stays.',
      };
    case 'endpointNotAgreed':
      return {
        what: `${failure.endpoint} (${failure.host}) may not answer yet, so nothing is sent to it.`,
        next: 'Look at what it would get, and allow it or leave it out.',
        action: allowEndpoint,
      };
    case 'keyRefused':
      return {
        what: `${failure.endpoint} refused the API key (401${request(failure.requestId)}).`,
        next: 'Set a valid key and ask again. What you collected stays.',
        action: setKey,
      };
    case 'permissionDenied':
      return {
        what: sentence(`${failure.endpoint} denied the request (403${request(failure.requestId)}): ${failure.detail}`),
        next: 'Check what this key may do, or set another one.',
        action: setKey,
      };
    case 'modelNotFound':
      return {
        what: `${failure.endpoint} does not know the model ${failure.model} (404${request(failure.requestId)}).`,
        next: 'Choose another model and ask again.',
        action: selectModel,
      };
    case 'rateLimited':
      return {
        what: `${failure.endpoint} limits the rate of requests (429${request(failure.requestId)}).`,
        next: wait(failure.retryAfterSeconds),
      };
    case 'overloaded':
      return {
        what: `${failure.endpoint} is overloaded (529${request(failure.requestId)}).`,
        next: wait(failure.retryAfterSeconds),
      };
    case 'serverError':
      return {
        what: `${failure.endpoint} failed (${failure.status}${request(failure.requestId)}).`,
        next: wait(failure.retryAfterSeconds),
      };
    case 'requestTooLarge':
      return {
        what: `${failure.endpoint} found the request too large (413${request(failure.requestId)}).`,
        next: 'Remove some evidence and ask again.',
      };
    case 'requestRefused':
      return {
        what: sentence(
          `${failure.endpoint} did not accept the request (${failure.status}${request(failure.requestId)}): ${failure.detail}`,
        ),
        next: 'The details are in the log. What you collected stays.',
        action: showLog,
      };
    case 'refusal':
      return {
        what: `${failure.endpoint} declined to answer this.`,
        next: 'Reply with more context, or ask the step in your own words.',
      };
    case 'unreachable':
      return {
        what: `${failure.endpoint} could not be reached: ${hops[failure.hop]} (${failure.detail}${request(failure.requestId)}).`,
        next: 'Check the network and ask again. The checklist and local evidence work without it.',
      };
    case 'silent':
      return {
        what: `${failure.endpoint} sent nothing for ${failure.seconds} seconds.`,
        next: 'The text that arrived is kept. Continue, or ask again.',
      };
    case 'cutOff':
      return {
        what: `The connection to ${failure.endpoint} broke off (${failure.detail}).`,
        next: 'The text that arrived is kept. Continue, or ask again.',
      };
    case 'overBudget':
      return {
        what: `This incident has cost about ${dollars(failure.spent)}, and the question about ${dollars(failure.estimate)} more: past the budget of ${dollars(failure.limit)}.`,
        next: 'Nothing was sent. Ask anyway, or raise incidentPanel.budget in the settings.',
      };
    case 'parameterRejected':
      return {
        what: `${failure.endpoint} does not take ${parameterInWords(failure.parameter)}.`,
        next: 'It is asked without, from now on.',
      };
    case 'alreadyAsking':
      return { what: `Claude is still answering “${failure.step}”.`, next: 'Wait for it, or stop it first.' };
    case 'journalWriteFailed':
      return {
        what: `The incident could not be saved to ${failure.path} (${failure.code}).`,
        next: 'It goes on in memory. Free some space or mend the permissions before you close the window.',
      };
    case 'journalUnreadable':
      return {
        what: `The incident in ${failure.path} could not be read (${failure.code}).`,
        next: 'The file is left as it is. Start a new incident, or mend its permissions.',
      };
    case 'journalFromNewerVersion':
      return {
        what: `The incident in ${failure.path} was written by a newer version of this extension (format ${failure.format}).`,
        next: 'The file is left as it is. Update the extension to open it, or start a new incident.',
      };
    case 'openElsewhere':
      return {
        what: 'This incident is open in another window, which writes it. Here you follow it live.',
        next: 'Nothing can be changed here. Go on in the other window, or take it over: the other one then only follows.',
        action: takeOver,
      };
    case 'badMessage':
      return {
        what: sentence(`The panel sent something that was not understood: ${failure.detail}`),
        next: 'Nothing was changed. Reload the window if it happens again.',
        action: showLog,
      };
    case 'cancelled':
      return { what: 'It was stopped.', next: 'What you collected stays. Start it again when you like.' };
    case 'unexpected':
      return {
        what: sentence(`Something went wrong: ${failure.detail}`),
        next: 'What you collected is kept. The details are in the log.',
        action: showLog,
      };
    default:
      // A kind that a newer version wrote into the journal.
      failure satisfies never;
      return {
        what: 'Something went wrong that this version does not know.',
        next: 'What you collected is kept. Update the extension to read more about it.',
      };
  }
}

/** Ends what somebody else worded as a sentence ends. */
function sentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?…]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}

/** The same in one line, for a notification or a tooltip. */
export function explainInOneLine(failure: Failure): string {
  const { what, next } = explain(failure);
  return `${what} ${next}`;
}

/**
 * A sentence for a notification, which the editor would otherwise read for links: `[this](command:…)` in a file's name or
 * a server's error would run a command when it is clicked.
 */
export function withoutLinks(text: string): string {
  return text.replaceAll('](', '] (').replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}

/** Why a claim is not grounded, without its full stop: `it cites nothing`, `E9:1 was not sent`. Names three citations at most. */
export function explainUngrounded({ citations }: GroundedClaim): string {
  const bad = citations.flatMap((one) => (one.grounded ? [] : [`${one.cited} ${ungrounded[one.reason]}`]));
  if (bad.length === 0) return 'it cites nothing';
  return bad.length <= 3 ? bad.join(', ') : `${bad.slice(0, 2).join(', ')} and ${bad.length - 2} others do not exist`;
}

const ungrounded: Readonly<Record<UngroundedReason, string>> = {
  notSent: 'was not sent',
  cut: 'was cut and is no longer sent',
  noSuchLine: 'has no such line',
  notFound: 'stands nowhere in what was sent',
  unreadable: 'names no evidence',
};

function nothingThere(what: Extract<Failure, { kind: 'nothingThere' }>['what']): Explanation {
  switch (what) {
    case 'clipboard':
      return { what: 'The clipboard holds no text.', next: 'Copy the error and add the clipboard again.' };
    case 'selection':
      return { what: 'Nothing is selected in the editor.', next: 'Select the lines that matter and add them again.' };
    case 'terminal':
      return {
        what: 'The terminal has printed nothing since this window was opened.',
        next: 'Run the command again, or select the lines and add them.',
      };
    case 'errorText':
      return { what: 'The error box is empty.', next: 'Paste the error first.' };
    case 'monitors':
    case 'rollback':
    case 'patterns':
      return nothingAfterFix(what);
    case 'names':
      return {
        what: 'No name of a variable was found in what was pasted.',
        next: 'Paste what the command prints: a name on each line.',
      };
    default:
      return nothingFound(what);
  }
}

function request(id: string | undefined): string {
  return id === undefined ? '' : `, request ${id}`;
}

function wait(seconds: number | undefined): string {
  const when =
    seconds === undefined
      ? 'in a moment'
      : seconds < 90
        ? `in ${seconds} seconds`
        : `in ${Math.ceil(seconds / 60)} minutes`;
  return `Ask again ${when}. The question and its evidence are kept.`;
}
