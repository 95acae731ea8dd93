import type { CodeToken } from './modes.ts';

/** The classes that markdown.css gives colours, by what modes call the pieces of a line. */
const classes: Readonly<Record<string, string>> = {
  keyword: 'code-keyword',
  self: 'code-keyword',
  modifier: 'code-keyword',
  atom: 'code-keyword',
  bool: 'code-keyword',
  null: 'code-keyword',
  string: 'code-string',
  character: 'code-string',
  quote: 'code-string',
  regexp: 'code-string',
  number: 'code-number',
  integer: 'code-number',
  unit: 'code-number',
  comment: 'code-comment',
  def: 'code-name',
  property: 'code-name',
  propertyName: 'code-name',
  attribute: 'code-name',
  attributeName: 'code-name',
  type: 'code-type',
  typeName: 'code-type',
  className: 'code-type',
  namespace: 'code-type',
  builtin: 'code-type',
  macroName: 'code-type',
  tag: 'code-type',
  tagName: 'code-type',
  header: 'code-type',
  heading: 'code-type',
  meta: 'code-meta',
  annotation: 'code-meta',
};

/** The class of a piece of code; undefined for one that looks like the rest. */
export function classOf(style: string | null): string | undefined {
  if (style === null) return undefined;
  // A name in quotes (`string property`) is a name: that tells it from its value.
  const names = style.split(' ').map((name) => name.split('.', 1)[0] ?? '');
  const known = names.filter((name) => Object.hasOwn(classes, name));
  return classes[known.find((name) => name === 'property') ?? known[0] ?? ''];
}

/** The class of a line that begins so; only a diff's lines have one. Their sign is part of their text. */
export function lineClassOf({ text, style }: CodeToken): string | undefined {
  if (style !== 'inserted' && style !== 'deleted') return undefined;
  // Names of the files before and after.
  return /^(?:---|\+\+\+) /.test(text) ? 'code-meta' : style;
}
