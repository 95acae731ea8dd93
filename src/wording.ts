import { lengthInWords } from './model/contextWindow.ts';
import type { Failure } from './model/failure.ts';
import { explainEndpoint, sentence } from './endpointWording.ts';
import { explainApplying, explainEdits, nothingAfterFix } from './editWording.ts';
import { nothingFound } from './model/findingWords.ts';
import { inMegabytes } from './model/shownFigures.ts';
import type { GroundedClaim, UngroundedReason } from './model/grounding.ts';
import { asLabel, asLabels } from './model/label.ts';
import { t } from './model/l10n.ts';

/** A button beside a failure: one of the commands that the panel may run. */
export interface FailureAction {
  readonly label: string;
  readonly command:
    | 'setApiKey'
    | 'openFolder'
    | 'manageTrust'
    | 'showLog'
    | 'allowEndpoint'
    | 'selectModel'
    | 'openEndpointSettings'
    | 'takeOverIncident';
}

/** What a person reads: what happened, and what to do next. */
export interface Explanation {
  readonly what: string;
  readonly next: string;
  readonly action?: FailureAction;
}

const showLog = (): FailureAction => ({ label: t('Show Log'), command: 'showLog' });
const openFolder = (): FailureAction => ({ label: t('Open Folder'), command: 'openFolder' });
const takeOver = (): FailureAction => ({ label: t('Take Over'), command: 'takeOverIncident' });
const manageTrust = (): FailureAction => ({ label: t('Manage Workspace Trust'), command: 'manageTrust' });

/** Longest fact of a failure in its sentences, in characters: a path, what a server said. */
const longestFact = 400;

/**
 * Turns a failure into words, at the one place where words are made. Shown in the panel or in a notification. What others
 * named or said stands in them as labels: bounded, on one line, and with nothing that turns or hides text.
 */
export function explain(failure: Failure): Explanation {
  return explained(asLabels(failure, longestFact));
}

function explained(failure: Failure): Explanation {
  switch (failure.kind) {
    case 'noFolder':
      return {
        what: t('No folder is open.'),
        next: t('Open the folder of the failing service to add suspects and logs. Pasted errors work without one.'),
        action: openFolder(),
      };
    case 'noGit':
      return {
        what: t('Git was not found on this machine.'),
        next: t('Install Git for the regression diff; all other steps work without it.'),
      };
    case 'notARepository':
      return {
        what: t('{0} is not a Git repository.', failure.folder),
        next: t('Steps that need history are left out; all others work.'),
      };
    case 'noCommits':
      return {
        what: t('The repository in {0} has no commits yet.', failure.folder),
        next: t('Steps that need history are left out; all others work.'),
      };
    case 'gitFailed':
      return {
        what: sentence(t('git {0} failed: {1}', failure.command, failure.detail)),
        next: t('Nothing was lost. Mend it in the repository and ask again.'),
        action: showLog(),
      };
    case 'unknownBaseline':
      return {
        what: t('There is no commit to compare with: {0}.', failure.baseline),
        next: t('Choose another baseline for the regression diff.'),
      };
    case 'restricted':
      return {
        what: t('This folder is in Restricted Mode, so {0} is off.', failure.what),
        next: t('Reading evidence and asking Claude work as usual.'),
        action: manageTrust(),
      };
    case 'notDeleted':
      return {
        what: t('{0} could not be deleted ({1}).', failure.path, failure.code),
        next: t('Everything else of the incident is gone. Delete this file by hand.'),
      };
    case 'notAgreed':
      return {
        what: t('Nothing was sent to {0}.', failure.host),
        next: t('Look at what would be sent, and ask again when you agree to it.'),
      };
    case 'notOffered':
      return {
        what: t('This log is not among those that were found.'),
        next: t('Nothing was added. Choose it with “Log File…”.'),
      };
    case 'emptyFile':
      return {
        what: t('{0} is empty.', failure.path),
        next: t('Nothing was added. Choose another file, or paste the error.'),
      };
    case 'binaryFile':
      return {
        what: t('{0} is a binary file.', failure.path),
        next: t('Nothing was added. Choose a text file, or paste the text.'),
      };
    case 'fileTooLarge':
      return {
        what: t(
          '{0} has {1}; a suspect may have {2} at most.',
          failure.path,
          inMegabytes(failure.bytes),
          inMegabytes(failure.limit),
        ),
        next: t('Select the lines that matter and add the selection as evidence.'),
      };
    case 'compressedFile':
      return {
        what: t('{0} is compressed.', failure.path),
        next: t('Nothing was added. Unpack it and add the unpacked file, or paste the lines that matter.'),
      };
    case 'unpacksTooLarge':
      return {
        what: t(
          '{0} unpacks to more than {1}, or to far more than a log does.',
          failure.path,
          inMegabytes(failure.limit),
        ),
        next: t('Nothing was added. Unpack the part that matters yourself and add that file.'),
      };
    case 'notARegularFile':
      return {
        what: t('{0} is a pipe, socket or device, not a file.', failure.path),
        next: t('Write its output into a file and add that, or paste the text.'),
      };
    case 'isFolder':
      return { what: t('{0} is a folder.', failure.path), next: t('Add a file in it as a suspect.') };
    case 'fileMissing':
      return {
        what: t('{0} does not exist.', failure.path),
        next: t('It may have been moved or deleted. Choose another file.'),
      };
    case 'unreadableFile':
      return {
        what: t('{0} could not be read ({1}).', failure.path, failure.code),
        next: t('Nothing was added. Check its permissions and try again.'),
      };
    case 'environmentValues':
      return {
        what: t('{0} holds environment values, which never leave this machine.', failure.path),
        next: t('Add its example or template instead.'),
      };
    case 'outsideWorkspace':
      return {
        what: t('{0} is outside the open folder.', failure.path),
        next: t('Open its folder to add it as a suspect.'),
      };
    case 'nothingThere':
      return nothingThere(failure.what);
    case 'terminalUnavailable':
      return {
        what:
          failure.terminal === undefined
            ? t('No terminal is open.')
            : t(
                'The output of “{0}” cannot be read: its shell has no shell integration, and nothing is selected in it.',
                failure.terminal,
              ),
        next: t('Select the lines in the terminal and add them again, or copy them and add the clipboard.'),
      };
    case 'tooManySuspects':
      return { what: t('There are three suspects already.'), next: t('Remove one, or choose which one to replace.') };
    case 'threeFileRule':
      return {
        what: t('{0} would be the fourth file that Claude reads before the hypotheses.', failure.path),
        next: t('Ask step 3 first; after it, other files may go out.'),
      };
    case 'editsRefused':
      return explainEdits(failure.problems);
    case 'noFix':
      return { what: t('No fix is recorded yet.'), next: t('Ask step 6 first.') };
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
        what:
          failure.endpoint === undefined
            ? t('The question is longer than the model can read{0}.', lengthInWords(failure))
            : t('{0}: the question is longer than the model can read{1}.', failure.endpoint, lengthInWords(failure)),
        next: t(
          'All that could be cut was cut. Shorten your reply, take out evidence that was not sent yet, or choose a model with a larger context window.',
        ),
      };
    case 'noEvidence':
      return {
        what: t('There is no error for Claude to look at yet.'),
        next: t('Paste the error, or add a log, the terminal output or a selection.'),
      };
    case 'noSuspects':
      return {
        what: t('There is no suspect file yet.'),
        next: t('Add one to three files: the origin, its caller, the configuration.'),
      };
    case 'redactionFailed':
      return {
        what: t('{0} could not be checked for secrets ({1}), so it is not used.', failure.what, failure.detail),
        next: t('Nothing was sent. Try a smaller part of it.'),
      };
    case 'noKey':
    case 'badEndpoint':
    case 'endpointNotAgreed':
    case 'keyRefused':
    case 'permissionDenied':
    case 'modelNotFound':
    case 'rateLimited':
    case 'overloaded':
    case 'serverError':
    case 'requestTooLarge':
    case 'requestRefused':
    case 'refusal':
    case 'unreachable':
    case 'silent':
    case 'cutOff':
    case 'overBudget':
    case 'parameterRejected':
      return explainEndpoint(failure);
    case 'alreadyAsking':
      return { what: t('Claude is still answering “{0}”.', failure.step), next: t('Wait for it, or stop it first.') };
    case 'journalWriteFailed':
      return {
        what: t('The incident could not be saved to {0} ({1}).', failure.path, failure.code),
        next: t('It goes on in memory. Free some space or mend the permissions before you close the window.'),
      };
    case 'journalUnreadable':
      return {
        what: t('The incident in {0} could not be read ({1}).', failure.path, failure.code),
        next: t('The file is left as it is. Start a new incident, or mend its permissions.'),
      };
    case 'journalFromNewerVersion':
      return {
        what: t(
          'The incident in {0} was written by a newer version of this extension (format {1}).',
          failure.path,
          failure.format,
        ),
        next: t('The file is left as it is. Update the extension to open it, or start a new incident.'),
      };
    case 'openElsewhere':
      return {
        what: t('This incident is open in another window, which writes it. Here you follow it live.'),
        next: t(
          'Nothing can be changed here. Go on in the other window, or take it over: the other one then only follows.',
        ),
        action: takeOver(),
      };
    case 'badMessage':
      return {
        what: sentence(t('The panel sent something that was not understood: {0}', failure.detail)),
        next: t('Nothing was changed. Reload the window if it happens again.'),
        action: showLog(),
      };
    case 'cancelled':
      return { what: t('It was stopped.'), next: t('What you collected stays. Start it again when you like.') };
    case 'unexpected':
      return {
        what: sentence(t('Something went wrong: {0}', failure.detail)),
        next: t('What you collected is kept. The details are in the log.'),
        action: showLog(),
      };
    default:
      // A kind that a newer version wrote into the journal.
      failure satisfies never;
      return {
        what: t('Something went wrong that this version does not know.'),
        next: t('What you collected is kept. Update the extension to read more about it.'),
      };
  }
}

/** The same in one line, for a notification or a tooltip. */
export function explainInOneLine(failure: Failure): string {
  const { what, next } = explain(failure);
  return `${what} ${next}`;
}

/** Longest text of a notification, in characters: the editor shows all that it is given, over the whole window. */
const longestNotice = 1_000;

/**
 * A sentence for a notification, which the editor would otherwise read for links: `[this](command:…)` in a file's name or
 * a server's error would run a command when it is clicked.
 */
export function withoutLinks(text: string): string {
  return asLabel(text.replaceAll('](', '] ('), longestNotice).replaceAll('](', '] (');
}

/** Why a claim is not grounded, without its full stop: `it cites nothing`, `E9:1 was not sent`. Names three citations at most. */
export function explainUngrounded({ citations }: GroundedClaim): string {
  const bad = citations.flatMap((one) => (one.grounded ? [] : [`${one.cited} ${ungrounded()[one.reason]}`]));
  if (bad.length === 0) return t('it cites nothing');
  return bad.length <= 3
    ? bad.join(', ')
    : t('{0} and {1} others do not exist', bad.slice(0, 2).join(', '), bad.length - 2);
}

const ungrounded = (): Readonly<Record<UngroundedReason, string>> => ({
  notSent: t('was not sent'),
  cut: t('was cut and is no longer sent'),
  noSuchLine: t('has no such line'),
  notFound: t('stands nowhere in what was sent'),
  unreadable: t('names no evidence'),
});

function nothingThere(what: Extract<Failure, { kind: 'nothingThere' }>['what']): Explanation {
  switch (what) {
    case 'clipboard':
      return { what: t('The clipboard holds no text.'), next: t('Copy the error and add the clipboard again.') };
    case 'selection':
      return {
        what: t('Nothing is selected in the editor.'),
        next: t('Select the lines that matter and add them again.'),
      };
    case 'terminal':
      return {
        what: t('The terminal has printed nothing since this window was opened.'),
        next: t('Run the command again, or select the lines and add them.'),
      };
    case 'errorText':
      return { what: t('The error box is empty.'), next: t('Paste the error first.') };
    case 'monitors':
    case 'rollback':
    case 'patterns':
      return nothingAfterFix(what);
    case 'names':
      return {
        what: t('No name of a variable was found in what was pasted.'),
        next: t('Paste what the command prints: a name on each line.'),
      };
    default:
      return nothingFound(what);
  }
}
