import { readFileSync } from 'node:fs';

/**
 * A source text with the environment variables that a reader finds in it, written down before any code read it: after
 * `=== path`, `reads: NAME@line` or `NAME@line=default`, then the text behind `---`.
 */
export interface HandReads {
  readonly path: string;
  /** `NAME@line`. */
  readonly reads: readonly string[];
  /** `NAME@line=default`, of those whose default a reader would name. */
  readonly defaults: readonly string[];
  readonly text: string;
}

/** A file with the variables that a reader sees declared in it: `NAME@line shape`, written as the reads are. */
export interface HandDeclarations {
  readonly path: string;
  readonly declares: readonly string[];
  readonly text: string;
}

/** Every text of the fixtures. */
export function readHandReads(): readonly HandReads[] {
  return ['reads.txt', 'readsOfFrameworks.txt', 'readsUnseen.txt'].flatMap((file) =>
    sectionsOf(file, 'reads').map(({ path, told, text }) => ({
      path,
      reads: told.map((read) => read.replace(/=.*$/, '')),
      defaults: told.filter((read) => read.includes('=')),
      text,
    })),
  );
}

/** Every file with declarations of the fixtures. */
export function readHandDeclarations(): readonly HandDeclarations[] {
  return sectionsOf('declarations.txt', 'declares').map(({ path, told, text }) => ({ path, declares: told, text }));
}

/** Files of sixty kinds, of which the names alone were written down: `NAME`, all of them and no other. */
export function readHandDeclaredNames(): readonly HandDeclarations[] {
  return sectionsOf('declaredNames.txt', 'declares').map(({ path, told, text }) => ({ path, declares: told, text }));
}

function sectionsOf(file: string, key: string): { path: string; told: string[]; text: string }[] {
  return readFileSync(new URL(`../fixtures/environmentReads/${file}`, import.meta.url), 'utf8')
    .split(/^=== /m)
    .slice(1)
    .map((section) => {
      const [path = '', answer = '', ...text] = section.split('\n');
      const told = answer.slice(key.length + 2).split(', ');
      return { path, told: told.filter((one) => one !== ''), text: text.slice(1).join('\n') };
    });
}
