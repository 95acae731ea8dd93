import ts from 'typescript';
import { nodes } from './sources.ts';
import type { Source } from './sources.ts';

/** A use of one of the functions of `src/model/l10n.ts` that look a text up. */
export interface TextUse {
  /** `path:line`. */
  readonly place: string;
  /** The English texts; undefined for one that is not written out. */
  readonly keys: readonly (string | undefined)[];
  /** It is looked up when the module is loaded, before the language is set. */
  readonly eager: boolean;
}

const lookups = new Set(['t', 'tParts', 'plural']);

/** All texts that are looked up in a source. */
export function textUses({ path, ast }: Source): readonly TextUse[] {
  return [...nodes(ast)].filter(isLookup).map((call) => ({
    place: placeOf(path, ast, call),
    keys: keyArguments(call).map((one) => (ts.isStringLiteralLike(one) ? one.text : undefined)),
    eager: !isInFunction(call),
  }));
}

/** Words that a person reads and that are not looked up. */
export interface Untranslated {
  /** `path:line`. */
  readonly place: string;
  readonly words: string;
}

/** Words in a source that look as if a person read them, in strings and in the markup of the panel's templates. */
export function untranslated({ path, ast }: Source): readonly Untranslated[] {
  return [...nodes(ast)].flatMap((node) => {
    const found = ts.isTaggedTemplateExpression(node)
      ? node.tag.getText() === 'html'
        ? wordsOfMarkup(node.template)
        : []
      : wordsOf(node);
    return found.map((words) => ({ place: placeOf(path, ast, node), words }));
  });
}

function isLookup(node: ts.Node): node is ts.CallExpression {
  return ts.isCallExpression(node) && ts.isIdentifier(node.expression) && lookups.has(node.expression.text);
}

function keyArguments(call: ts.CallExpression): readonly ts.Expression[] {
  return call.expression.getText() === 'plural' ? call.arguments.slice(1, 3) : call.arguments.slice(0, 1);
}

function isInFunction(node: ts.Node): boolean {
  for (let at: ts.Node = node; !ts.isSourceFile(at); at = at.parent) if (ts.isFunctionLike(at)) return true;
  return false;
}

function placeOf(path: string, ast: ts.SourceFile, node: ts.Node): string {
  return `${path}:${ast.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}

/** Properties of what the editor shows, and of the panel's own controls. */
const shownProperties =
  /^(title|label|tooltip|placeHolder|placeholder|prompt|openLabel|saveLabel|detail|description|what|next|purpose|name)$/;

/** Two words, or a word and a value, with a space between them, or one that begins or ends as a sentence does. */
function isProse(text: string): boolean {
  return (
    (/(\p{L}{2,}|\{\})[,.:;]? \(?[“‘]?(\p{L}|\{\})/u.test(text) && /\p{L}{2}/u.test(text)) ||
    /^\p{Lu}\p{Ll}+…?$/u.test(text) ||
    /^[\p{L} ]+[….!?]$/u.test(text)
  );
}

/** The words of a string that stands by itself in the code. */
function wordsOf(node: ts.Node): readonly string[] {
  const text = ts.isStringLiteralLike(node)
    ? node.text
    : ts.isTemplateExpression(node)
      ? [node.head, ...node.templateSpans.map(({ literal }) => literal)].map(({ text: part }) => part).join('{}')
      : '';
  if (text === '' || isNoText(node)) return [];
  const { parent } = node;
  const property = ts.isPropertyAssignment(parent) && parent.initializer === node ? parent.name.getText() : '';
  const shown = shownProperties.test(property) && /\p{L}{2}/u.test(text) && /[ \p{Lu}]/u.test(text);
  return shown || isProse(text) ? [text] : [];
}

/** Functions whose arguments nobody reads, or who looks them up. */
const unread =
  /^(t|tParts|plural|querySelector|querySelectorAll|closest|matches|executeCommand|getConfiguration|addEventListener|removeEventListener|startsWith|endsWith|includes|has|get|set|split|join|replace|replaceAll|test|error|warn|info|log|Error|RegExp|getAttribute|setAttribute|createElement|literal|key)$/;

/** Types, imports, keys, comparisons and what goes to the log. */
function isNoText(node: ts.Node): boolean {
  const { parent } = node;
  if (
    ts.isImportDeclaration(parent) ||
    ts.isExportDeclaration(parent) ||
    ts.isLiteralTypeNode(parent) ||
    ts.isCaseClause(parent) ||
    ts.isElementAccessExpression(parent) ||
    ts.isTaggedTemplateExpression(parent)
  )
    return true;
  if (ts.isPropertyAssignment(parent)) return parent.name === node;
  if (ts.isBinaryExpression(parent)) return /^(===|!==|in)$/.test(parent.operatorToken.getText());
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) {
    const called = parent.expression;
    return unread.test(ts.isPropertyAccessExpression(called) ? called.name.text : called.getText());
  }
  return false;
}

const shownAttributes = /\s\.?(?:aria-label|aria-valuetext|aria-description|title|placeholder|label|alt)="([^"]*)"/g;

/** The words of an `html` template that stand in it as they are: between the tags, and in attributes that are read. */
function wordsOfMarkup(template: ts.TemplateLiteral): readonly string[] {
  const parts = ts.isNoSubstitutionTemplateLiteral(template)
    ? [template]
    : [template.head, ...template.templateSpans.map(({ literal }) => literal)];
  const markup = parts.map(({ rawText, text }) => rawText ?? text).join('\u0001');
  const attributes = [...markup.matchAll(shownAttributes)].map(([, value = '']) => value);
  const texts = markup
    .replace(/<!--[^]*?-->/g, '')
    // A `>` within an attribute's value does not end the tag.
    .split(/<\/?[\w-]+(?:"[^"]*"|'[^']*'|[^>"'])*>/);
  return [...attributes, ...texts]
    .map((text) => text.replace(/&\w+;/g, ' ').replaceAll('\u0001', ' ').trim())
    .filter((text) => /\p{L}{2}/u.test(text));
}
