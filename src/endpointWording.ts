import { badEndpoint, hopHelp, hops, parameterInWords } from './model/endpointWords.ts';
import type { Failure } from './model/failure.ts';
import { plural, t } from './model/l10n.ts';
import { dollars } from './model/shownFigures.ts';
import type { Explanation, FailureAction } from './wording.ts';

type EndpointFailure = Extract<
  Failure,
  {
    kind:
      | 'noKey'
      | 'badEndpoint'
      | 'endpointNotAgreed'
      | 'keyRefused'
      | 'permissionDenied'
      | 'modelNotFound'
      | 'rateLimited'
      | 'overloaded'
      | 'serverError'
      | 'requestTooLarge'
      | 'requestRefused'
      | 'refusal'
      | 'unreachable'
      | 'silent'
      | 'cutOff'
      | 'overBudget'
      | 'parameterRejected';
  }
>;

const setKey = (): FailureAction => ({ label: t('Set API Key'), command: 'setApiKey' });
const showLog = (): FailureAction => ({ label: t('Show Log'), command: 'showLog' });
const allowEndpoint = (): FailureAction => ({ label: t('Review'), command: 'allowEndpoint' });
const openSettings = (): FailureAction => ({ label: t('Open Settings'), command: 'openEndpointSettings' });
const selectModel = (): FailureAction => ({ label: t('Select Model'), command: 'selectModel' });

/** What went wrong between here and an endpoint, and what it said. */
export function explainEndpoint(failure: EndpointFailure): Explanation {
  switch (failure.kind) {
    case 'noKey':
      return {
        what: t('No API key is set.'),
        next: t('Set it once; it is kept in the editor’s secret storage. What you collected stays.'),
        action: setKey(),
      };
    case 'badEndpoint':
      return {
        what: t('The endpoint {0} cannot be used: {1}.', failure.url, badEndpoint()[failure.reason]),
        next: t(
          'Correct incidentPanel.endpoints in the settings, or ANTHROPIC_BASE_URL, and reload the window. What you collected stays.',
        ),
        action: openSettings(),
      };
    case 'endpointNotAgreed':
      return {
        what: t('{0} ({1}) may not answer yet, so nothing is sent to it.', failure.endpoint, failure.host),
        next: t('Look at what it would get, and allow it or leave it out.'),
        action: allowEndpoint(),
      };
    case 'keyRefused':
      return {
        what: t('{0} refused the API key (401{1}).', failure.endpoint, request(failure.requestId)),
        next: t('Set a valid key and ask again. What you collected stays.'),
        action: setKey(),
      };
    case 'permissionDenied':
      return {
        what: sentence(
          t('{0} denied the request (403{1}): {2}', failure.endpoint, request(failure.requestId), failure.detail),
        ),
        next: t('Check what this key may do, or set another one.'),
        action: setKey(),
      };
    case 'modelNotFound':
      return {
        what: t(
          '{0} does not know the model {1} (404{2}).',
          failure.endpoint,
          failure.model,
          request(failure.requestId),
        ),
        next: t('Choose another model and ask again.'),
        action: selectModel(),
      };
    case 'rateLimited':
      return {
        what: t('{0} limits the rate of requests (429{1}).', failure.endpoint, request(failure.requestId)),
        next: wait(failure.retryAfterSeconds),
      };
    case 'overloaded':
      return {
        what: t('{0} is overloaded (529{1}).', failure.endpoint, request(failure.requestId)),
        next: wait(failure.retryAfterSeconds),
      };
    case 'serverError':
      return {
        what: t('{0} answered with an error ({1}{2}).', failure.endpoint, failure.status, request(failure.requestId)),
        next: wait(failure.retryAfterSeconds),
      };
    case 'requestTooLarge':
      return {
        what: t('{0} found the request too large (413{1}).', failure.endpoint, request(failure.requestId)),
        next: t('Remove some evidence and ask again.'),
      };
    case 'requestRefused':
      return {
        what: sentence(
          t(
            '{0} did not accept the request ({1}{2}): {3}',
            failure.endpoint,
            failure.status,
            request(failure.requestId),
            failure.detail,
          ),
        ),
        next: t('The details are in the log. What you collected stays.'),
        action: showLog(),
      };
    case 'refusal':
      return {
        what: t('{0} declined to answer this{1}.', failure.endpoint, inBrackets(failure.requestId)),
        next: t('Reply with more context, or ask the step in your own words.'),
      };
    case 'unreachable':
      return {
        what: t(
          '{0} could not be reached: {1} ({2}{3}).',
          failure.endpoint,
          hops()[failure.hop],
          failure.detail,
          request(failure.requestId),
        ),
        next: `${hopHelp()[failure.status === 407 ? 'proxyPassword' : failure.hop]} ${t('The checklist and local evidence work without it.')}`,
      };
    case 'silent':
      return {
        what:
          failure.wordless === true
            ? t(
                '{0} gave signs of life for {1} seconds, and no words{2}.',
                failure.endpoint,
                failure.seconds,
                inBrackets(failure.requestId),
              )
            : t(
                '{0} sent nothing for {1} seconds{2}.',
                failure.endpoint,
                failure.seconds,
                inBrackets(failure.requestId),
              ),
        next: t('The text that arrived is kept. Continue, or ask again.'),
      };
    case 'cutOff':
      return {
        what: t(
          'The connection to {0} broke off ({1}{2}).',
          failure.endpoint,
          failure.detail,
          request(failure.requestId),
        ),
        next: t('The text that arrived is kept. Continue, or ask again.'),
      };
    case 'overBudget':
      return {
        what: t(
          'This incident has cost about {0}, and the question about {1} more: past the budget of {2}.',
          dollars(failure.spent),
          dollars(failure.estimate),
          dollars(failure.limit),
        ),
        next: t('Nothing was sent. Ask anyway, or raise incidentPanel.budget in the settings.'),
      };
    case 'parameterRejected':
      return {
        what: t('{0} does not take {1}.', failure.endpoint, parameterInWords(failure.parameter)),
        next: t('It is asked without that from now on.'),
      };
  }
}

/** Ends what somebody else worded as a sentence ends. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?…]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}

function request(id: string | undefined): string {
  return id === undefined ? '' : t(', request {0}', id);
}

function inBrackets(id: string | undefined): string {
  return id === undefined ? '' : t(' (request {0})', id);
}

function wait(seconds: number | undefined): string {
  const kept = t('The question and its evidence are kept.');
  if (seconds === undefined) return `${t('Try again in a moment.')} ${kept}`;
  return seconds < 90
    ? `${plural(seconds, 'Try again in {0} second.', 'Try again in {0} seconds.')} ${kept}`
    : `${plural(Math.ceil(seconds / 60), 'Try again in {0} minute.', 'Try again in {0} minutes.')} ${kept}`;
}
