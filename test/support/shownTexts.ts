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
      ? /^(html|svg)$/.test(node.tag.getText())
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
  if (text === '' || (isNoText(node) && !isShownWord(node, text))) return [];
  const { parent } = node;
  const property = ts.isPropertyAssignment(parent) && parent.initializer === node ? parent.name.getText() : '';
  const shown = shownProperties.test(property) && /\p{L}{2}/u.test(text) && /[ \p{Lu}]/u.test(text);
  return shown || isProse(text) || isShownWord(node, text) ? [text] : [];
}

const shownAssigned = /\.(textContent|innerText|title|tooltip|text|label|placeholder|ariaLabel)$/;
const notices = /\.?(showInformationMessage|showWarningMessage|showErrorMessage)$/;

/** A word that is shown by where it stands: joined to others, put into an element or an item, or given to a notice. */
function isShownWord(node: ts.Node, text: string): boolean {
  const { parent } = node;
  if (!/\p{L}{2}/u.test(text.replace(/\$\([\w-]+\)/g, ''))) return false;
  if (ts.isTemplateSpan(shownRoot(node).parent)) return isShownSpan(shownRoot(node).parent);
  if (ts.isBinaryExpression(parent)) {
    const operator = parent.operatorToken.kind;
    // A word with a space on the side where the other part stands.
    if (operator === ts.SyntaxKind.PlusToken || operator === ts.SyntaxKind.PlusEqualsToken)
      return parent.left === node ? /\s$/.test(text) : /^\s+\S/.test(text);
    return operator === ts.SyntaxKind.EqualsToken && shownAssigned.test(parent.left.getText());
  }
  if (ts.isCallExpression(parent)) {
    const [name] = parent.arguments;
    if (notices.test(parent.expression.getText())) return true;
    return (
      /\.setAttribute$/.test(parent.expression.getText()) &&
      name !== undefined &&
      node !== name &&
      ts.isStringLiteralLike(name) &&
      /^(aria-label|aria-description|aria-valuetext|title|placeholder|alt)$/.test(name.text)
    );
  }
  return false;
}

/** The expression of which a text is one outcome: the other side of `a ? … : …` or `a ?? …`. */
function shownRoot(node: ts.Node): ts.Node {
  let root = node;
  while (
    (ts.isConditionalExpression(root.parent) && root.parent.condition !== root) ||
    ts.isParenthesizedExpression(root.parent) ||
    (ts.isBinaryExpression(root.parent) &&
      /^(\?\?|\|\|)$/.test(root.parent.operatorToken.getText()) &&
      root.parent.right === root)
  )
    root = root.parent;
  return root;
}

/** Whether what stands in a place of a panel's template is read: between tags, or in an attribute that is read. */
function isShownSpan(span: ts.Node): boolean {
  const template = span.parent;
  if (!ts.isTemplateExpression(template) || !ts.isTaggedTemplateExpression(template.parent)) return false;
  if (!/^(html|svg)$/.test(template.parent.tag.getText())) return false;
  const before = [
    template.head,
    ...template.templateSpans
      .slice(
        0,
        template.templateSpans.findIndex((one) => one === span),
      )
      .map(({ literal }) => literal),
  ]
    .map(({ text }) => text)
    .join('\u0001');
  const isInTag = before.lastIndexOf('<') > before.lastIndexOf('>');
  return !isInTag || readAttributes.test(before);
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
    const name = ts.isPropertyAccessExpression(called) ? called.name.text : called.getText();
    // What replaces, is kept under a name, or is put into a sentence may be read.
    const place = parent.arguments?.findIndex((one) => one === node) ?? 0;
    if (/^(t|tParts|set|replace|replaceAll)$/.test(name) && place > 0) return false;
    return unread.test(name);
  }
  return false;
}

const readAttributes =
  /\s\.?(?:aria-label|aria-valuetext|aria-description|aria-roledescription|aria-placeholder|title|placeholder|label|alt)="?$/;
const shownAttributes =
  /\s\.?(?:aria-label|aria-valuetext|aria-description|aria-roledescription|aria-placeholder|title|placeholder|label|alt)=(?:"([^"]*)"|'([^']*)')/g;

/** The words of an `html` template that stand in it as they are: between the tags, and in attributes that are read. */
function wordsOfMarkup(template: ts.TemplateLiteral): readonly string[] {
  const parts = ts.isNoSubstitutionTemplateLiteral(template)
    ? [template]
    : [template.head, ...template.templateSpans.map(({ literal }) => literal)];
  const markup = parts.map(({ rawText, text }) => rawText ?? text).join('\u0001');
  const attributes = [...markup.matchAll(shownAttributes)].map(([, double, single]) => double ?? single ?? '');
  const texts = markup
    .replace(/<!--[^]*?-->/g, '')
    // A `>` within an attribute's value does not end the tag.
    .split(/<\/?[\w-]+(?:"[^"]*"|'[^']*'|[^>"'])*>/);
  return [...attributes, ...texts]
    .map((text) => text.replace(/&\w+;/g, ' ').replaceAll('\u0001', ' ').trim())
    .filter((text) => /\p{L}{2}/u.test(text));
}
