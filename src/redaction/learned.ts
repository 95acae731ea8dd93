import { createAnchorSearch } from '../model/anchorSearch.ts';
import type { AnchorSearch } from '../model/anchorSearch.ts';
import { rank } from './finding.ts';
import type { Finding } from './finding.ts';

/** Shorter values would blank out other text. */
const shortest = 6;
/** Bounds what a hostile environment file can cost. */
const mostValues = 2_000;
const longestValue = 20_000;

/** Values that are hidden wherever they stand, in any of the forms they are written in. */
export interface LearnedValues {
  learn(values: Iterable<string>): void;
  /** All of them, as they are. */
  values(): Iterable<string>;
  find(text: string, from: number, to: number, found: (finding: Finding) => void): void;
}

export function createLearnedValues(): LearnedValues {
  const values = new Set<string>();
  let forms: { readonly form: string; readonly value: string }[] = [];
  let search: AnchorSearch | undefined;

  return {
    learn(added) {
      for (const raw of added) {
        const value = raw.trim();
        if (
          value.length >= shortest &&
          value.length <= longestValue &&
          values.size < mostValues &&
          !values.has(value)
        ) {
          values.add(value);
          search = undefined;
        }
      }
    },
    values: () => values,
    find(text, from, to, found) {
      if (values.size === 0) return;
      if (search === undefined) {
        forms = [...values].flatMap((value) => formsOf(value).map((form) => ({ form, value })));
        search = createAnchorSearch(forms.map(({ form }) => form.slice(0, 8)));
      }
      search.search(text, from, to, (index, start) => {
        const { form = '', value = '' } = forms[index] ?? {};
        if (form !== '' && text.startsWith(form, start)) {
          found({ start, end: start + form.length, kind: 'environment-value', rank: rank.learned, secret: value });
        }
      });
    },
  };
}

/** A value as it is, in a URL, in a JSON or HTML text, in a shell's quotes, and in base64 at each of the three offsets it can have there. */
export function formsOf(value: string): string[] {
  const json = JSON.stringify(value).slice(1, -1);
  const url = encodeURIComponent(value.replace(/\p{Cs}/gu, '\ufffd'));
  const forms = new Set([
    value,
    json,
    JSON.stringify(json).slice(1, -1),
    json.replace(/\//g, '\\/'),
    url,
    url.replace(/%20/g, '+'),
    url.replace(/%[0-9A-F]{2}/g, (escaped) => escaped.toLowerCase()),
    value.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;'),
    value.replace(/'/g, "'\\''"),
    Buffer.from(value).toString('hex'),
  ]);
  for (const line of value.split(/\r?\n/)) if (line.trim().length >= 16) forms.add(line.trim());
  for (let offset = 0; offset < 3; offset += 1) {
    // What hangs on the neighbours' bits is cut off on both sides.
    const encoded = Buffer.concat([Buffer.alloc(offset), Buffer.from(value)])
      .toString('base64')
      .replace(/=+$/, '');
    const whole = (offset + Buffer.byteLength(value)) % 3 === 0;
    const inner = encoded.slice(offset === 0 ? 0 : offset + 1, whole ? undefined : -1);
    if (inner.length >= 8) forms.add(inner).add(inner.replace(/\+/g, '-').replace(/\//g, '_'));
  }
  return [...forms];
}
