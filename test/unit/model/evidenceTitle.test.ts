import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { evidenceTitle } from '../../../src/model/evidenceTitle.ts';
import { texts, useTexts } from '../../../src/model/l10n.ts';

/** Titles as the sources of evidence write them, and as a German reader sees them. */
const german: Readonly<Record<string, string>> = {
  'Error message': 'Fehlermeldung',
  'Your reply in step 3': 'Ihre Antwort in Schritt 3',
  'The only commit': 'Der einzige Commit',
  'Last 20 commits': 'Letzte 20 Commits',
  'Changes since HEAD~5, all files': 'Änderungen seit HEAD~5, alle Dateien',
  'Changes since v1.2, 1 file': 'Änderungen seit v1.2, 1 Datei',
  'Changes since all 3 commits, 3 files': 'Änderungen seit all 3 commits, 3 Dateien',
  'History of 1 failing line': 'Verlauf von 1 fehlerhafter Zeile',
  'History of 3 failing lines, 2 commits close to them': 'Verlauf von 3 fehlerhaften Zeilen, 2 Commits nahe daran',
  'Callers of 2 changed functions: 1 place': 'Aufrufer von 2 geänderten Funktionen: 1 Stelle',
  '7 environment variables, 2 not declared, 1 doubtful': '7 Umgebungsvariablen, 2 nicht deklariert, 1 zweifelhaft',
  '1 environment variable': '1 Umgebungsvariable',
  'Production has what is needed of 4 variables': 'Die Produktion hat, was gebraucht wird',
  'Production lacks STRIPE_KEY': 'Der Produktion fehlt STRIPE_KEY',
  'Production lacks A, B, C and 4 more': 'Der Produktion fehlen A, B, C und 4 weitere',
  '3 problems': '3 Probleme',
  'Failed test: pays': 'Fehlgeschlagener Test: pays',
  'Stack of node': 'Aufrufliste von node',
  'Debug console: api': 'Debugging-Konsole: api',
  'Selection in zsh': 'Auswahl in zsh',
  'Last output of bash': 'Letzte Ausgabe von bash',
  'var/log/app, old.log, digest: 1,204 errors, 1 warning': 'var/log/app, old.log, Übersicht: 1.204 Fehler, 1 Warnung',
  'error.log, last 50 lines': 'error.log, letzte 50 Zeilen',
  'error.log, 1 line': 'error.log, 1 Zeile',
  'error.log, 12 lines': 'error.log, 12 Zeilen',
  'src/a.ts, line 7': 'src/a.ts, Zeile 7',
  'src/a.ts, lines 3 to 9': 'src/a.ts, Zeilen 3 bis 9',
  'src/a.ts, lines 3 to 9, as they are now': 'src/a.ts, Zeilen 3 bis 9, wie sie jetzt sind',
  'npm test, exit code 1': 'npm test, Exitcode 1',
  'npm start, still running': 'npm start, läuft noch',
  'npm test, ended': 'npm test, beendet',
  'git bisect with the fix’s test: no single commit': 'git bisect mit dem Test der Korrektur: kein einzelner Commit',
  'git bisect with the fix’s test: 0123456789': 'git bisect mit dem Test der Korrektur: 0123456789',
  'src/pay.js (caller)': 'src/pay.js (Aufrufer)',
};

describe('titles of evidence', () => {
  const english = texts();
  afterEach(() => useTexts(english));

  it('are shown as they are, where the reader reads English', () => {
    for (const title of Object.keys(german)) assert.equal(evidenceTitle({ title }), title);
  });

  it('are shown in the reader’s language; names stay', async () => {
    const bundle = new URL('../../../l10n/bundle.l10n.de.json', import.meta.url);
    const table = JSON.parse(await readFile(bundle, 'utf8')) as Record<string, string>;
    useTexts({ language: 'de', locale: 'de-DE', table });
    for (const [title, shown] of Object.entries(german)) assert.equal(evidenceTitle({ title }), shown);
    for (const name of ['src/server.js', 'Problem in src/a.ts', '']) assert.equal(evidenceTitle({ title: name }), name);
  });
});
