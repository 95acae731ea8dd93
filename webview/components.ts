import { provideVSCodeDesignSystem } from '@vscode/webview-ui-toolkit/dist/vscode-design-system.js';
import { vsCodeButton } from '@vscode/webview-ui-toolkit/dist/button/index.js';
import { vsCodeCheckbox } from '@vscode/webview-ui-toolkit/dist/checkbox/index.js';

/**
 * Defines `<vscode-button>` and `<vscode-checkbox>`. The only file that knows the toolkit: text
 * boxes, selects and lists are native, where the toolkit adds weight and takes away labels. Its progress ring
 * interrupts a screen reader with "Loading"; a spinning icon beside a word does not. Imported component by component,
 * since the package's root brings all of them along.
 */
export function defineComponents(): void {
  provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeCheckbox());
  // The toolkit takes the theme's colours, now and when the theme changes, from the page's load event on: where that has
  // been, everything would keep the colours of a dark theme.
  if (document.readyState === 'complete') window.dispatchEvent(new Event('load'));
}

/** What the panel reads from a `<vscode-checkbox>`. It tells of every change of `checked`, also of those made by script. */
export function isChecked(event: Event): boolean {
  return event.target instanceof HTMLElement && 'checked' in event.target && event.target.checked === true;
}
