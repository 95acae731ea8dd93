/**
 * What the parser takes from the package `entities`, by the browser's own table of named characters: the package's is
 * 24 kB. The bundle has this file in its place, see `scripts/webview-bundle.mjs`.
 */
const known = new Map<string, string>();
let parser: DOMParser | undefined;

/** The text with its named character references (`&amp;`) decoded, those without a semicolon or a meaning as they are. */
export function decodeHTMLStrict(text: string): string {
  return text.replace(/&[a-z][a-z0-9]*;/gi, (reference) => {
    const decoded = known.get(reference) ?? decode(reference);
    known.set(reference, decoded);
    return decoded;
  });
}

function decode(reference: string): string {
  parser ??= new DOMParser();
  // In front of text, the white space that some names stand for would be dropped.
  const decoded = parser.parseFromString(`<body>x${reference}`, 'text/html').body.textContent.slice(1);
  // HTML decodes `&ampere;` as `&amp` and `ere;`. A whole name leaves no semicolon, unless it names that.
  return decoded.endsWith(';') && reference !== '&semi;' ? reference : decoded;
}
