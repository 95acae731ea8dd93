import { html, nothing, svg } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { evidenceTitle } from '../../src/model/evidenceTitle.ts';
import { rateEnd, utcTime } from '../../src/model/errorRate.ts';
import type { ErrorRate, RateCommit } from '../../src/model/errorRate.ts';
import type { Evidence } from '../../src/model/evidence.ts';
import { elapsed } from '../../src/model/shownFigures.ts';
import { plural, t, tParts } from '../../src/model/l10n.ts';
import { shownRate } from '../../src/model/rateWords.ts';
import type { StepId } from '../../src/model/steps.ts';
import type { PanelContext } from './context.ts';
import { icon } from './icon.ts';

/** What a digest of a log has that is plotted. */
export type PlottedDigest = Pick<Evidence, 'id' | 'title' | 'source'> & { readonly errorRate: ErrorRate };

/**
 * How often errors happened over time, with the commits on its axis: as a picture, in words, and as a table. The picture
 * is made of shares of its width, so that it fits any.
 */
export function errorRatePlot(context: PanelContext, step: StepId, digest: PlottedDigest): TemplateResult {
  const { errorRate: rate, id } = digest;
  const name = `rate-${step}-${id}`;
  return html`<figure class="rate" aria-labelledby="${name}">
    <figcaption id=${name} class="row list-title">
      <span>${tParts('Errors over time, {0}', html`<bdi>${evidenceTitle(digest)}</bdi>`)}</span>
      <button
        type="button"
        class="link"
        title=${t('Opens the digest: each kind of error with its count and an example')}
        @click=${() => context.actions.send(`step:${step}`, { type: 'previewEvidence', evidenceId: id })}
      >
        ${t('Show the digest ({0})', id)}
      </button>
    </figcaption>
    ${picture(context, step, rate)} ${axis(rate)} ${reader(rate)}
    <p class="rate-words" dir="auto" lang=${rate.facts === undefined ? 'en' : nothing}>${shownRate(rate)}</p>
    ${commitList(context, step, rate)} ${table(rate)}
  </figure>`;
}

const percent = (share: number): string => `${(100 * share).toFixed(2)}%`;

function picture(context: PanelContext, step: StepId, rate: ErrorRate): TemplateResult {
  const { counts, beganAt, endedAt } = rate;
  const most = Math.max(1, ...counts);
  const width = 1 / counts.length;
  const end = rateEnd(rate);
  const place = (at: number): number => (at - rate.from) / (end - rate.from);
  const marks = rate.commits.map((commit, index) => commitMark(context, step, rate, commit, index, place(commit.at)));
  // The first is drawn last: the line of the next commit does not cross its letter.
  return html`<svg class="rate-picture" role="img" aria-label=${shownRate(rate)} width="100%" height="7em">
    ${
      beganAt === undefined
        ? nothing
        : svg`<rect class="rate-since" x=${percent(place(beganAt))} y="0"
            width=${percent(place(endedAt ?? end) - place(beganAt))} height="100%" />`
    }
    ${counts.map((errors, index) => {
      // A single error beside a thousand is still to be seen.
      const height = errors === 0 ? 0 : Math.max(0.03, (0.84 * errors) / most);
      return svg`<g class="rate-interval" @pointerenter=${(event: Event) => readOut(event, rate, index)}>
        <title>${intervalName(rate, index)}</title>
        <rect class="rate-column" x=${percent(index * width)} y="0" width=${percent(width)} height="100%" />
        <rect class="rate-bar" x=${percent((index + 0.08) * width)} y=${percent(1 - height)}
          width=${percent(0.84 * width)} height=${percent(height)} />
      </g>`;
    })}
    ${marks.toReversed()}
  </svg>`;
}

/** A line at the time of a commit with its letter; the list below says the same to the keyboard. */
function commitMark(
  { actions }: PanelContext,
  step: StepId,
  rate: ErrorRate,
  commit: RateCommit,
  index: number,
  at: number,
): TemplateResult {
  // Letters of commits that are close together take turns in three rows.
  const top = `${0.9 + (index % 3) * 0.9}em`;
  const flip = at > 0.95;
  return svg`<g class="rate-commit" @click=${() => actions.send(`step:${step}`, { type: 'showCommit', commit: commit.hash })}>
    <title>${letter(index)}: ${commitName(rate, commit)}</title>
    <line x1=${percent(at)} x2=${percent(at)} y1="0" y2="100%" />
    <text x=${percent(at)} y=${top} dx=${flip ? '-0.3em' : '0.25em'} text-anchor=${flip ? 'end' : 'start'}>${letter(index)}</text>
  </g>`;
}

function letter(index: number): string {
  return String.fromCharCode(0x41 + (index % 26));
}

function axis(rate: ErrorRate): TemplateResult {
  const end = rateEnd(rate);
  return html`<div class="row rate-axis dim" aria-hidden="true">
    <span>${utcTime(rate.from)}</span>
    <span
      >${plural(Math.max(...rate.counts), 'at most {0} error in {1}', 'at most {0} errors in {1}', stepName(rate.step))}</span
    >
    <span>${utcTime(end, rate.from)}</span>
  </div>`;
}

/** Reads the intervals out one by one: for the keyboard, for touch, and for those who listen. */
function reader(rate: ErrorRate): TemplateResult {
  const peak = rate.counts.indexOf(Math.max(...rate.counts));
  return html`<div class="row rate-reader">
    <input
      type="range"
      min="0"
      max=${rate.counts.length - 1}
      value=${peak}
      aria-label=${t('Read out the errors at a time')}
      aria-valuetext=${intervalName(rate, peak)}
      @input=${(event: Event) => {
        if (event.currentTarget instanceof HTMLInputElement) readOut(event, rate, Number(event.currentTarget.value));
      }}
    />
    <output class="rate-readout" .textContent=${intervalName(rate, peak)}></output>
  </div>`;
}

/** Says an interval's name and marks it. It is the screen's own, so nothing is kept of it. */
function readOut(event: Event, rate: ErrorRate, index: number): void {
  const figure = event.currentTarget instanceof Element ? event.currentTarget.closest('.rate') : null;
  if (figure === null) return;
  const name = intervalName(rate, index);
  const output = figure.querySelector('output');
  if (output !== null) output.textContent = name;
  const range = figure.querySelector('input');
  range?.setAttribute('aria-valuetext', name);
  if (range !== null) range.value = String(index);
  for (const [at, column] of figure.querySelectorAll('.rate-interval').entries())
    column.classList.toggle('current', at === index);
}

function intervalName({ from, step, counts }: ErrorRate, index: number): string {
  const start = from + index * step;
  return `${utcTime(start)}, ${stepName(step)}: ${plural(counts[index] ?? 0, '{0} error', '{0} errors')}`;
}

/** `30 s`, `5 min`, `2 h`, `1 d`. */
function stepName(step: number): string {
  const units = [
    [86_400_000, t('d')],
    [3_600_000, t('h')],
    [60_000, t('min')],
    [1000, t('s')],
  ] as const;
  const [length, unit] = units.find(([one]) => step >= one && step % one === 0) ?? [1000, t('s')];
  return `${step / length} ${unit}`;
}

function commitList(context: PanelContext, step: StepId, rate: ErrorRate): TemplateResult | typeof nothing {
  if (rate.commits.length === 0) return nothing;
  return html`<h3 class="list-title">${t('Commits in this time')}</h3>
    <ol class="rate-commits">
      ${rate.commits.map(
        (commit, index) =>
          html`<li>
            <span class="rate-letter" aria-hidden="true">${letter(index)}</span>
            <button
              type="button"
              class="link"
              title=${t('Shows what it changed')}
              @click=${() => context.actions.send(`step:${step}`, { type: 'showCommit', commit: commit.hash })}
            >
              <span class="mono">${commit.hash.slice(0, 7)}</span> <bdi>${commit.subject}</bdi>
            </button>
            ${commit.tags.map((tag) => html`<span class="dim">${icon('tag')} <bdi>${tag}</bdi></span> `)}
            <span class="dim">${utcTime(commit.at, rate.from)}${distance(rate, commit)}</span>
          </li>`,
      )}
    </ol>`;
}

function commitName(rate: ErrorRate, { hash, subject, at }: RateCommit): string {
  return `${hash.slice(0, 7)} ${subject}, ${utcTime(at, rate.from)}${distance(rate, { at })}`;
}

/** How far a commit is from the beginning of the errors, where they have one. */
function distance({ beganAt }: ErrorRate, { at }: Pick<RateCommit, 'at'>): string {
  if (beganAt === undefined) return '';
  const gap = elapsed(Math.abs(beganAt - at));
  return at <= beganAt ? t(', {0} before the errors began', gap) : t(', {0} after the errors began', gap);
}

function table(rate: ErrorRate): TemplateResult {
  return html`<details class="rate-table">
    <summary>${t('The same as a table')}</summary>
    <div class="table-scroll" role="group" aria-label=${t('Errors over time')} tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">${t('From')}</th>
            <th scope="col">${t('Errors in {0}', stepName(rate.step))}</th>
          </tr>
        </thead>
        <tbody>
          ${rate.counts.map(
            (errors, index) =>
              html`<tr>
                <th scope="row">${utcTime(rate.from + index * rate.step)}</th>
                <td>${errors}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>`;
}
