import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { plural, t } from '../../src/model/l10n.ts';
import { roleName } from '../../src/model/names.ts';
import type { StepId } from '../../src/model/steps.ts';
import type { PlacedFrame, PlacedTrace, SuspectProposal, TraceReport } from '../../src/model/traceReport.ts';
import { doubtWords, listingWords, mappingWords, placeWords, reasonWords } from '../../src/traceWording.ts';
import type { Place } from '../actions.ts';
import { shownPath } from '../shownNames.ts';
import type { PanelContext } from './context.ts';
import { icon } from './icon.ts';
import { opensFile } from './links.ts';
import { wantsFiles } from './wants.ts';

/** Frames of one kind shown at once; further ones are behind a line. */
const maxShownFrames = 25;

export function proposalList(context: PanelContext, proposals: readonly SuspectProposal[]): TemplateResult {
  const accept = async (accepted: readonly SuspectProposal[]): Promise<void> => {
    for (const { file, role } of accepted)
      if (!(await context.actions.send('suspects', { type: 'addSuspect', uri: file.uri, role }))) return;
  };
  const isNext = wantsFiles(context);
  return html`<div class="row list-head">
      <h3 class="list-title grow" id="proposed-title">${t('Proposed from the evidence, without Claude')}</h3>
      ${
        proposals.length < 2
          ? nothing
          : html`<button
              type="button"
              class="plain-button ${isNext ? 'primary' : ''}"
              @click=${() => accept(proposals)}
            >
              ${icon('check-all')} ${t('Accept all')}
            </button>`
      }
    </div>
    <ul class="list proposals" aria-labelledby="proposed-title">
      ${proposals.map((proposal) => proposalRow(context, proposal, accept, isNext && proposals.length === 1))}
    </ul>`;
}

function proposalRow(
  context: PanelContext,
  proposal: SuspectProposal,
  accept: (accepted: readonly SuspectProposal[]) => Promise<void>,
  isNext: boolean,
): TemplateResult {
  const { file, role, line, reason } = proposal;
  return html`<li class="row">
    <div class="grow">
      <strong>${roleName(role)}</strong> ${placeLink(context, 'suspects', file, line)}
      <span class="dim"><bdi>${reasonWords(reason)}</bdi></span>
    </div>
    <button
      type="button"
      class="plain-button ${isNext ? 'primary' : ''}"
      aria-label=${t('Accept {0} as {1}', file.path, roleName(role))}
      @click=${() => accept([proposal])}
    >
      ${icon('check')} ${t('Accept')}
    </button>
  </li>`;
}

export function traceList(context: PanelContext, step: StepId): TemplateResult {
  const { traces } = context;
  const { length } = traces.traces;
  return html`<details class="traces" ?open=${step === 'files'}>
    <summary>${plural(length, '{0} stack trace in the evidence', '{0} stack traces in the evidence')}</summary>
    <ul class="cards" aria-label=${t('Stack traces')}>
      ${traces.traces.map((trace) => html`<li class="card trace">${traceBody(context, step, trace)}</li>`)}
    </ul>
    ${listingWords(traces).map((words) => html`<p class="hint">${words}</p>`)}
  </details>`;
}

function traceBody(context: PanelContext, step: StepId, trace: PlacedTrace, relation?: string): TemplateResult {
  const own = trace.frames.filter((frame) => frame.own && frame.place.kind !== 'library');
  const library = trace.frames.filter((frame) => !own.includes(frame));
  return html`<div class="row card-head">
      <h3 class="grow">
        ${relation === undefined ? nothing : html`<span class="dim">${relation}</span>`}
        <bdi>${trace.type ?? t('Stack trace')}</bdi>
      </h3>
      ${trace.count > 1 ? html`<span class="dim">${t('{0} times', trace.count)}</span>` : nothing}
      ${evidenceLink(context, step, trace)}
    </div>
    ${trace.message === undefined ? nothing : html`<p class="prose" dir="auto">${trace.message}</p>`}
    ${
      own.length === 0
        ? html`<p class="hint">${t('No frame of your own code is in it.')}</p>`
        : frameList(context, step, own, t('Own frames'))
    }
    ${
      library.length === 0
        ? nothing
        : html`<details>
            <summary>${plural(library.length, '{0} library frame', '{0} library frames')}</summary>
            ${frameList(context, step, library, t('Library frames'))}
          </details>`
    }
    ${trace.omittedFrames === 0 ? nothing : html`<p class="hint">${plural(trace.omittedFrames, '{0} further frame left out.', '{0} further frames left out.')}</p>`}
    ${trace.causes.map(
      ({ relation: of, trace: cause }) =>
        html`<div class="trace-cause">${traceBody(context, step, cause, relationWords()[of])}</div>`,
    )}`;
}

const relationWords = () =>
  ({ cause: t('Caused by'), context: t('While handling'), suppressed: t('Suppressed') }) as const;

function evidenceLink({ actions }: PanelContext, step: StepId, trace: PlacedTrace): TemplateResult {
  const { evidenceId, firstLine } = trace;
  return html`<button
    type="button"
    class="link citation"
    title=${t('Show it in the evidence')}
    @click=${() => actions.send(`evidence:${step}`, { type: 'previewEvidence', evidenceId, line: firstLine })}
  >
    [${evidenceId}:${firstLine}]
  </button>`;
}

function frameList(context: PanelContext, step: StepId, frames: readonly PlacedFrame[], label: string): TemplateResult {
  const shown = frames.slice(0, maxShownFrames);
  const rest = frames.slice(maxShownFrames);
  return html`<ol class="frames" aria-label=${label}>
      ${shown.map((frame) => frameRow(context, step, frame))}
    </ol>
    ${
      rest.length === 0
        ? nothing
        : html`<details>
            <summary>${plural(rest.length, '{0} more frame', '{0} more frames')}</summary>
            <ol class="frames" start=${maxShownFrames + 1}>
              ${rest.map((frame) => frameRow(context, step, frame))}
            </ol>
          </details>`
    }`;
}

function frameRow(context: PanelContext, step: StepId, frame: PlacedFrame): TemplateResult {
  const { place, mapping, function: name } = frame;
  const at: Place = `evidence:${step}`;
  const words = placeWords(place);
  // A compiled position stands beside the one that it was mapped to, so that both can be compared with the log.
  const isTranslated = mapping?.kind === 'mapped' || (place.kind === 'file' && place.doubt === 'compiled');
  return html`<li>
    ${place.kind === 'file' ? placeLink(context, at, place.file, place.line) : written(frame)}
    ${name === undefined ? nothing : html`<span class="mono dim"><bdi>${name}</bdi></span>`}
    ${
      place.kind === 'ambiguous'
        ? html`<span class="dim">${words}:</span> ${place.candidates.map(
              (file, index) => html`${index === 0 ? nothing : ', '}${placeLink(context, at, file, place.line)}`,
            )}`
        : words === undefined
          ? nothing
          : html`<span class="dim">(<bdi>${words}</bdi>)</span>`
    }
    ${place.kind === 'file' && place.doubt !== undefined ? html`<span class="dim">(${doubtWords(place.doubt)})</span>` : nothing}
    ${isTranslated && place.kind === 'file' ? html`<span class="dim">${t('from')} ${written(frame)}</span>` : nothing}
    ${mapping === undefined ? nothing : html`<span class="dim"><bdi>${mappingWords(mapping)}</bdi></span>`}
  </li>`;
}

/** The place as the trace has it: text, since it is another machine's. */
function written({ written: file, line, column }: PlacedFrame): TemplateResult {
  const position = [line, column].filter((part) => part !== undefined).map((part) => `:${part}`);
  return html`<span class="mono dim"><bdi>${file ?? ''}${position.join('')}</bdi></span>`;
}

/** A file that the host named, with its line, that opens in the editor. */
function placeLink(
  { actions }: PanelContext,
  at: Place,
  { uri, path }: SuspectProposal['file'],
  line: number | undefined,
): TemplateResult {
  const position = line === undefined ? {} : { line };
  return html`<button
    type="button"
    class="link mono"
    title=${opensFile(path)}
    @click=${() => actions.send(at, { type: 'openPlace', uri, ...position })}
  >
    <bdi>${shownPath(path)}${line === undefined ? '' : `:${line}`}</bdi>
  </button>`;
}

/** The history of the failing lines in the words in which it is sent; each ranked commit opens its diff. */
export function historyList(context: PanelContext, history: NonNullable<TraceReport['history']>): TemplateResult {
  return html`<details class="traces" open>
    <summary>${t('History of the failing lines')}</summary>
    <ul class="list" aria-label=${t('History of the failing lines')}>
      ${history.map(
        ({ text, commit }) =>
          html`<li class="row">
            <span class="grow"><bdi lang="en">${text}</bdi></span>
            ${
              commit === undefined
                ? nothing
                : html`<button
                    type="button"
                    class="plain-button"
                    aria-label=${t('Open Diff of {0}', commit)}
                    @click=${() => context.actions.send('step:regression', { type: 'showCommit', commit })}
                  >
                    ${icon('diff')} ${t('Open Diff')}
                  </button>`
            }
          </li>`,
      )}
    </ul>
  </details>`;
}
