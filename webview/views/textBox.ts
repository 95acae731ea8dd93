import { html } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';

/** A native text area that grows with its text; Ctrl+Enter or Cmd+Enter submits. */
export function textBox(options: {
  readonly id: string;
  readonly text: string;
  readonly rows: number;
  readonly placeholder: string;
  readonly onInput: (text: string) => void;
  readonly onSubmit: () => void;
  readonly code?: boolean;
}): TemplateResult {
  const { id, text, rows, placeholder, onInput, onSubmit, code } = options;
  return html`<textarea
    id=${id}
    class="grow ${code === true ? 'mono' : ''}"
    rows=${rows}
    dir="auto"
    spellcheck=${code === true ? 'false' : 'true'}
    placeholder=${placeholder}
    .value=${live(text)}
    @input=${(event: Event) => onInput(event.target instanceof HTMLTextAreaElement ? event.target.value : '')}
    @keydown=${(event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      onSubmit();
    }}
  ></textarea>`;
}
