import { createRuns } from '../runs.ts';
import type { Runs } from '../runs.ts';
import type { Rule, Span } from './rule.ts';

/** Luhn's check digit (ISO/IEC 7812-1, annex B): nine of ten random numbers fail it. */
export function passesLuhn(number: string): boolean {
  let sum = 0;
  let double = false;
  for (let at = number.length - 1; at >= 0; at -= 1) {
    let digit = number.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) continue;
    if (double) digit = digit > 4 ? digit * 2 - 9 : digit * 2;
    sum += digit;
    double = !double;
  }
  return sum % 10 === 0;
}

/** Addresses that are nobody's: documentation, noreply, package scopes such as `user@1.2.3`. */
const nobody =
  /@(?:example\.(?:com|org|net)|localhost|test|invalid)$|^(?:git|noreply|no-reply|root|postgres)@|@\d|@[\dx.]+$|\.(?:png|jpe?g|svg|gif|webp|js|mjs|cjs|ts|tsx|css|json|md|py|rb|go|rs|java|html?|lock|ya?ml|so|service|local|internal)$/i;

export const emailRule: Rule = {
  id: 'email',
  name: 'E-mail addresses',
  source: 'RFC 5321, without quoted local parts',
  anchors: ['@'],
  pattern:
    /@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,6}[A-Za-z]{2,24}(?![A-Za-z0-9-]|\.[A-Za-z0-9]|:[A-Za-z0-9~/])/y,
  before: { characters: /[\p{L}\p{N}._%+-]/u, least: 1, most: 64 },
  accept: (secret) => !nobody.test(secret) && !/^[.%]/.test(secret),
  examples: {
    hidden: ['jane.doe+x{a3}@acme{a4}.co.uk', 'user [[bob{a4}@mail{a3}.de]] failed'],
    kept: [
      'git@github.com:a/b.git',
      'react@18.2.0',
      '@scope/name@1.0.0',
      'icon@2x.png',
      'a @ b.com',
      'user@example.com',
    ],
  },
};

/** Addresses of machines: not those that say only "this machine", "any" or a mask. */
export const ipRules: readonly Rule[] = [
  {
    id: 'ip-address',
    name: 'IPv4 addresses',
    source: 'RFC 791; a fifth group or a letter beside it makes it a version',
    anchors: Array.from('0123456789', (digit) => `.${digit}`),
    pattern:
      /\.(?:25[0-5]|2[0-4]\d|1?\d?\d)\.(?:25[0-5]|2[0-4]\d|1?\d?\d)\.(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.]?\d|[A-Za-z_-])/y,
    before: { characters: /\d/, least: 1, most: 3, notAfter: /[\w.-]/ },
    accept: (secret) => Number(secret.split('.')[0]) <= 255 && !/^(?:127\.|0\.|255\.|169\.254\.)/.test(secret),
    examples: {
      hidden: ['203.0.113.7', 'from [[10.20.30.40]]:443'],
      kept: ['127.0.0.1', 'v1.2.3.4-rc', '1.2.3.4.5', '0.0.0.0'],
    },
  },
  {
    id: 'ip-address',
    name: 'IPv6 addresses',
    source: 'RFC 4291: eight groups, or fewer with one "::"',
    anchors: Array.from('0123456789abcdef:', (next) => `:${next}`),
    pattern: /:(?:[0-9a-f]{0,4}:){1,6}[0-9a-f]{0,4}(?![0-9a-z:])/iy,
    before: { characters: /[0-9a-fA-F]/, least: 1, most: 4, notAfter: /[\w:]/ },
    accept: (secret) =>
      (secret.includes('::') && /^[0-9a-f]{2,4}:/i.test(secret) && secret.length > 6) || secret.split(':').length === 8,
    examples: {
      hidden: ['2001:db8::ff00:42:8329', '[[fe80:0:0:0:1:2:3:4]] up'],
      kept: ['12:30:45', 'std::vector', 'a::b'],
    },
  },
];

/** ISO 7064, MOD 97-10, of an account number whose first four characters stand last and whose letters count from ten. */
function passesMod97(iban: string): boolean {
  const plain = iban.replace(/ /g, '').toUpperCase();
  const digits = (plain.slice(4) + plain.slice(0, 4)).replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  return Array.from(digits).reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0) === 1;
}

/** The countries whose bank accounts have such a number (ISO 13616 registry). */
const ibanCountries =
  'AD AE AL AT AZ BA BE BG BH BR BY CH CR CY CZ DE DK DO EE EG ES FI FO FR GB GE GI GL GR GT HR HU IE IL IQ IS IT JO KW KZ LB LC LI LT LU LV MC MD ME MK MR MT MU NL NO PK PL PS PT QA RO RS SA SC SE SI SK SM ST SV TL TN TR UA VA VG XK'.split(
    ' ',
  );

/** ISO 13616: country, two check digits by 97, up to 30 characters, in groups of four or not. */
const ibanShape = new RegExp(
  `(?<![A-Za-z0-9])(?:${ibanCountries.join('|')})\\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Za-z0-9])`,
  'g',
);

export const phoneRule: Rule = {
  id: 'phone-number',
  name: 'Phone numbers in international form',
  source: 'ITU-T E.164: "+", a country code, 15 digits at most, in groups or not',
  anchors: ['+'],
  pattern: /(?<![A-Za-z0-9.+])\+[1-9]\d{0,2}(?:[ .-]?\(0?\d{1,4}\))?(?:[ .-]?\d{2,4}){2,5}(?![\d:]|[.-]\d)/y,
  accept: (secret) => {
    const digits = secret.replace(/\D/g, '').length;
    return digits >= 9 && digits <= 15;
  },
  examples: {
    hidden: ['+49 151 23456789', 'call [[+1-202-555-0143]]', '+442071838750'],
    kept: ['+0200', '12:00:00+02:00', '+12', '@@ -1,4 +12,400 @@'],
  },
};

const cardRuns = createRuns(/[0-9 -]/, 14);
const ibanRuns = createRuns(/[A-Z0-9 ]/, 15);

/** A card's or a bank account's number: found by its form, not by an anchor. */
export interface AccountNumber extends Span {
  readonly kind: 'card-number' | 'bank-account';
}

/** Cards in groups as they are printed, or without. */
const cardShape =
  /(?<![\d.A-Za-z_/+=-]|\d[ -])(?:[2-6]\d{3})(?:([ -]?)\d{4}\1\d{4}\1\d{1,4}(?:\1\d{1,3})?|([ -])\d{6}\2\d{4,5}|\d{11})(?![\dA-Za-z_/+=]|[.-]\d)/g;

/**
 * The numbers that begin between two offsets: of cards (ISO/IEC 7812: 14 to 19 digits of the large networks, whole or in groups, with
 * a valid check digit) and of bank accounts (ISO 13616).
 */
export function findAccounts(text: string, from: number, to: number): AccountNumber[] {
  const found: AccountNumber[] = [];
  const look = (
    runs: Runs,
    shape: RegExp,
    kind: AccountNumber['kind'],
    fewestDigits: number,
    accept: (number: string) => boolean,
  ): void => {
    for (const [start, end] of runs(text, from, to)) {
      // Rulers, tables of blanks and headings in capitals are runs too.
      if (!hasDigits(text, start, end, fewestDigits)) continue;
      // With the neighbours, for they tell whether the number is the middle of something else.
      const base = Math.max(0, start - 2);
      for (const match of text.slice(base, end + 2).matchAll(shape)) {
        if (accept(match[0]))
          found.push({ start: base + match.index, end: base + match.index + match[0].length, kind });
      }
    }
  };
  look(cardRuns, cardShape, 'card-number', 13, (number) => {
    const digits = number.replace(/\D/g, '');
    return digits.length <= 19 && isNetwork(digits) && passesLuhn(digits);
  });
  look(ibanRuns, ibanShape, 'bank-account', 2, passesMod97);
  return found;
}

function hasDigits(text: string, start: number, end: number, least: number): boolean {
  let digits = 0;
  for (let at = start; at < end && digits < least; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) digits += 1;
  }
  return digits >= least;
}

/** Visa, Mastercard, American Express, Discover, JCB, Diners, UnionPay, Maestro with their lengths; keeps timestamps and ids out. */
function isNetwork(digits: string): boolean {
  const { length } = digits;
  // Visa's numbers of 13 digits are no longer issued, and times in milliseconds are as long.
  if (/^4/.test(digits)) return length === 16 || length === 19;
  if (/^(?:5[1-5]|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720))/.test(digits)) return length === 16;
  if (/^3[47]/.test(digits)) return length === 15;
  if (/^3(?:0[0-5]|[689])/.test(digits)) return length === 14;
  if (/^35(?:2[89]|[3-8])/.test(digits)) return length >= 16;
  return /^(?:6011|64[4-9]|65|62|50|5[6-9]|6[037])/.test(digits) && length >= 16;
}
