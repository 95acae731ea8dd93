import assert from 'node:assert/strict';
import { evidenceSource, leftOutWords } from '../../../src/model/evidenceSource.ts';
import { texts, useTexts } from '../../../src/model/l10n.ts';
import { german as table } from '../../support/languages.ts';
import { readSources } from '../../support/sources.ts';

/** Sources as those who collect evidence write them, and as a German reader sees them. */
const sources: Readonly<Record<string, string>> = {
  'the clipboard': 'Zwischenablage',
  'the test results, src/a.test.ts:3': 'Testergebnisse, src/a.test.ts:3',
  'Terminal “zsh”, its last command (exit code 1), read through shell integration':
    'Terminal „zsh“, sein letzter Befehl (Exitcode 1), über die Shell-Integration gelesen',
  'git blame of the stack trace’s frames; commits since v1.2, the closest first':
    'git blame der Stackframes; Commits seit v1.2, die nächsten zuerst',
  'Git history of shop, branch main, or not': 'Git-Verlauf von shop, Branch main, or not',
  'Git history of shop, no branch': 'Git-Verlauf von shop, kein Branch',
  'git diff of shop, HEAD~5 to the working tree': 'git diff von shop, HEAD~5 bis zum Arbeitsverzeichnis',
  '1 name that the user pasted, without values': '1 eingefügter Name, ohne Wert',
  'git bisect from 0123456789 to abcdef0123, first parents only':
    'git bisect von 0123456789 bis abcdef0123, nur erste Eltern-Commits',
  'git grep, which finds any use of the name': 'git grep, das jede Verwendung des Namens findet',
  'src/pay.js, with unsaved changes': 'src/pay.js, mit nicht gespeicherten Änderungen',
  'logs/error.log': 'logs/error.log',
};

const omissions: Readonly<Record<string, string>> = {
  'all but the last 200 lines': 'alle außer den letzten 200 Zeilen',
  'only the last 2 MB of 3.1 GB read; the first line is cut at its start':
    'nur die letzten 2 MB von 3.1 GB gelesen; der ersten Zeile fehlt der Anfang',
  '1,204 records beyond the first 200 shapes; all records that are neither errors nor warnings':
    '1.204 Einträge nach den ersten 200 Formen; alle Einträge, die weder Fehler noch Warnungen sind',
  'the history has only 3; 1 hunk and 2 files of the diff': 'der Verlauf hat nur 3; 1 Hunk und 2 Dateien des Diffs',
  'lines 1 to 40 and lines 90 to 120, for the size of a question':
    'Zeilen 1 bis 40 und Zeilen 90 bis 120, wegen der Größe einer Frage',
  'words of a later version': 'words of a later version',
};

describe('where evidence is from, and what was left out of it', () => {
  const english = texts();
  afterEach(() => useTexts(english));

  it('are shown as they are, where the reader reads English', () => {
    for (const source of Object.keys(sources)) assert.equal(evidenceSource({ source }), source);
    for (const omitted of Object.keys(omissions)) assert.equal(leftOutWords(omitted), omitted);
  });

  it('are shown in the reader’s language; names and what no form fits stay', () => {
    useTexts(table);
    for (const [source, shown] of Object.entries(sources)) assert.equal(evidenceSource({ source }), shown);
    for (const [omitted, shown] of Object.entries(omissions)) assert.equal(leftOutWords(omitted), shown);
  });

  it('have a form for each way in which the collectors write them', () => {
    useTexts(table);
    const written = readSources('src/{evidence,investigation,vscode}/**/*.ts').flatMap(({ ast }) => [
      ...ast.text.matchAll(/\b(source|omitted): (['`])((?:(?!\2).)+)\2/gu),
    ]);
    const filled = (words: string): string => words.replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, '12');
    const known = written
      .map(([, field, , words = '']) => ({ field, words: filled(words) }))
      // No names alone, nor the three whose words are put together: they are above.
      .filter(
        ({ words }) => /[a-z]{2} [a-z]/i.test(words) && !/^the test results|^Git history|the user pasted/.test(words),
      );
    assert.ok(known.length > 15, String(known.length));
    assert.deepEqual(
      known
        .filter(
          ({ field, words }) =>
            (field === 'source' ? evidenceSource({ source: words }) : leftOutWords(words)) === words,
        )
        .map(({ words }) => words),
      [],
    );
  });
});
