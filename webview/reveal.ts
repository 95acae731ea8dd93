import type { StepId } from '../src/model/steps.ts';
import type { ViewState } from './viewState.ts';

/** Opens a step, brings it to the top of the page and puts the focus on its heading. */
export function revealStep(view: ViewState, step: StepId): void {
  view.setOpen(step, true);
  afterNextRender(() => {
    const section = document.getElementById(`step-${step}`);
    section?.scrollIntoView({ block: 'start' });
    section?.querySelector<HTMLElement>('.step-toggle')?.focus({ preventScroll: true });
  });
}

/** The same for the box that an error is pasted into. */
export function revealErrorBox(view: ViewState): void {
  view.setOpen('orient', true);
  afterNextRender(() => {
    const box = document.getElementById('error-box');
    box?.closest('details')?.setAttribute('open', '');
    box?.scrollIntoView({ block: 'center' });
    box?.focus({ preventScroll: true });
  });
}

function afterNextRender(action: () => void): void {
  // The render is due in the next frame; the one after it finds the page as it will be.
  requestAnimationFrame(() => requestAnimationFrame(action));
}
