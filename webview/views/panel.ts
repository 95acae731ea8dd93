import { html } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { stepIds } from '../../src/model/steps.ts';
import type { PanelContext } from './context.ts';
import { headerView } from './header.ts';
import { noticesView } from './notices.ts';
import { settledView } from './settled.ts';
import { stepNavigation } from './stepNavigation.ts';
import { stepSection } from './stepSection.ts';

/** The whole panel: what incident it is, what stands in the way, the seven steps. */
export function panelView(context: PanelContext): TemplateResult {
  return html`${headerView(context)} ${noticesView(context)}
    <div class="columns">
      ${stepNavigation(context)}
      <main>${stepIds.map((step) => stepSection(context, step))} ${settledView(context)}</main>
    </div>`;
}
