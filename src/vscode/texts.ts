import * as vscode from 'vscode';
import type { Texts } from '../model/l10n.ts';

/**
 * The texts in the editor's display language. The editor has loaded `l10n/bundle.l10n.<language>.json` before it loads the
 * extension; where there is none the texts stay English, with numbers and dates as the reader is used to them.
 */
export function editorTexts(): Texts {
  const { bundle } = vscode.l10n;
  const locale = vscode.env.language;
  return { language: bundle === undefined ? 'en' : locale, locale, table: bundle ?? {} };
}
