import { passesLuhn } from './personal.ts';
import type { Span } from './rule.ts';

/** One country's number for persons. Only numbers with a check digit or a form of their own are told from other digits. */
export interface NationalId {
  readonly country: string;
  readonly source: string;
  /** Global; tried over the whole text. */
  readonly pattern: RegExp;
  /** Whether the check digits are right; gets the number without blanks, dots, hyphens and slashes, in capitals. */
  readonly check: (id: string) => boolean;
  /** Made-up numbers with right check digits, and others. */
  readonly examples: { readonly valid: readonly string[]; readonly invalid: readonly string[] };
}

const digitsOf = (id: string): number[] => Array.from(id.replace(/\D/g, ''), Number);
const weighted = (digits: readonly number[], weights: readonly number[]): number =>
  weights.reduce((sum, weight, index) => sum + weight * (digits[index] ?? 0), 0);
/** The rest of a division, of numbers of any length. */
const rest = (digits: string, by: number): number =>
  Array.from(digits).reduce((value, digit) => (value * 10 + Number(digit)) % by, 0);
const isDate = (month: number, day: number): boolean => month >= 1 && month <= 12 && day >= 1 && day <= 31;
const dniLetters = 'TRWAGMYFPDXBNJZSQVHLCKE';

/** ISO/IEC 7064, MOD 11,10: the last digit of a German Steuer-ID. */
function passesMod1110(digits: readonly number[]): boolean {
  const product = digits.slice(0, -1).reduce((value, digit) => {
    const sum = (digit + value) % 10;
    return ((sum === 0 ? 10 : sum) * 2) % 11;
  }, 10);
  return (11 - product) % 10 === digits.at(-1);
}

const verhoeffTurns: readonly string[] = [
  '0123456789',
  '1576283094',
  '5803796142',
  '8916043527',
  '9453126870',
  '4286573901',
  '2793806415',
  '7046913258',
];
/** The group of symmetries of a pentagon, in which Verhoeff's check digit is reckoned (J. Verhoeff, 1969). */
const pentagon = (a: number, b: number): number =>
  a < 5 ? (b < 5 ? (a + b) % 5 : 5 + ((a + b) % 5)) : b < 5 ? 5 + ((a - b + 5) % 5) : (a - b + 5) % 5;
function passesVerhoeff(digits: readonly number[]): boolean {
  return (
    [...digits]
      .reverse()
      .reduce((value, digit, index) => pentagon(value, Number(verhoeffTurns[index % 8]?.[digit])), 0) === 0
  );
}

/** Italian codice fiscale: what each character counts in an odd place (DM 23/12/1976). */
const oddValues: readonly number[] = [
  1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
];
function passesCodiceFiscale(id: string): boolean {
  const sum = Array.from(id.slice(0, 15)).reduce((total, character, index) => {
    const value = /\d/.test(character) ? Number(character) : character.charCodeAt(0) - 65;
    return total + (index % 2 === 0 ? (oddValues[value] ?? 0) : value);
  }, 0);
  return id[15] === String.fromCharCode(65 + (sum % 26));
}

function passesCpf(digits: readonly number[]): boolean {
  if (new Set(digits).size === 1) return false;
  return [9, 10].every((length) => {
    const sum = digits.slice(0, length).reduce((total, digit, index) => total + digit * (length + 1 - index), 0);
    return ((sum * 10) % 11) % 10 === digits[length];
  });
}

const sides = { before: String.raw`(?<![\w.+/-])`, after: String.raw`(?![\w/]|[.-]\w)` };
const shape = (source: string): RegExp => new RegExp(sides.before + source + sides.after, 'g');

export const nationalIds: readonly NationalId[] = [
  {
    country: 'United States', source: 'Social Security Administration: never 000, 666 or 9xx first, never 00 or 0000 after',
    pattern: shape(String.raw`(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}`), check: () => true,
    examples: { valid: ['512-34-5678'], invalid: ['000-12-3456', '912-34-5678', '2024-05-0100'] },
  },
  {
    country: 'United Kingdom', source: 'HMRC manual NIM39110: two letters, six digits, a letter from A to D',
    pattern: shape(String.raw`(?!BG|GB|KN|NK|NT|TN|ZZ)[ABCEGHJ-PRSTW-Z][ABCEGHJ-NPRSTW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]`), check: () => true,
    examples: { valid: ['AB 12 34 56 C', 'JG103759A'], invalid: ['GB 12 34 56 C', 'AB1234'] },
  },
  {
    country: 'Germany', source: 'Steuer-ID, § 139b AO: 11 digits, one of the first ten twice or three times, MOD 11,10',
    pattern: shape(String.raw`[1-9]\d ?\d{3} ?\d{3} ?\d{3}`),
    check: (id) => {
      const digits = digitsOf(id);
      const repeats = 10 - new Set(digits.slice(0, 10)).size;
      return digits.length === 11 && (repeats === 1 || repeats === 2) && passesMod1110(digits);
    },
    examples: { valid: ['86 095 742 719', '47036892816'], invalid: ['86 095 742 718', '12345678901'] },
  },
  {
    country: 'France', source: 'INSEE, numéro de sécurité sociale: sex, year, month, place, order, 97 less the rest by 97',
    pattern: shape(String.raw`[12] ?\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\d) ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2}`),
    check: (id) => {
      const number = id.slice(0, 13).replace('2A', '19').replace('2B', '18');
      return id.length === 15 && 97 - rest(number, 97) === Number(id.slice(13));
    },
    examples: { valid: ['2 55 08 14 168 025 38'], invalid: ['2 55 08 14 168 025 39'] },
  },
  {
    country: 'Spain', source: 'DNI and NIE, Real Decreto 1553/2005: the letter by the rest by 23',
    pattern: shape(String.raw`(?:\d{8}|[XYZ]-?\d{7})-?[${dniLetters}]`),
    check: (id) => dniLetters[Number(id.slice(0, -1).replace('X', '0').replace('Y', '1').replace('Z', '2')) % 23] === id.at(-1),
    examples: { valid: ['12345678Z', 'X1234567L'], invalid: ['12345678A', 'X1234567A'] },
  },
  {
    country: 'Italy', source: 'Codice fiscale, DM 23 December 1976: 16 characters, the last a check',
    pattern: shape(String.raw`[A-Z]{6}[0-9LMNPQRSTUV]{2}[A-EHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]`), check: passesCodiceFiscale,
    examples: { valid: ['RSSMRA85T10A562S'], invalid: ['RSSMRA85T10A562A'] },
  },
  {
    country: 'Brazil', source: 'Receita Federal, CPF: two check digits by 11',
    pattern: shape(String.raw`\d{3}\.?\d{3}\.?\d{3}-?\d{2}`),
    check: (id) => id.length === 11 && passesCpf(digitsOf(id)),
    examples: { valid: ['529.982.247-25', '52998224725'], invalid: ['529.982.247-26', '111.111.111-11'] },
  },
  {
    country: 'India', source: 'UIDAI, Aadhaar: 12 digits in groups of four, the last by Verhoeff',
    pattern: shape(String.raw`[2-9]\d{3}[ -]\d{4}[ -]\d{4}`),
    check: (id) => passesVerhoeff(digitsOf(id)),
    examples: { valid: ['2341 2341 2346'], invalid: ['2341 2341 2347'] },
  },
  {
    country: 'Switzerland', source: 'AHV number: 756, nine digits, the check digit of EAN-13',
    pattern: shape(String.raw`756\.?\d{4}\.?\d{4}\.?\d{2}`),
    check: (id) => weighted(digitsOf(id), [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 === 0,
    examples: { valid: ['756.9217.0769.85'], invalid: ['756.9217.0769.84'] },
  },
  {
    country: 'Belgium', source: 'National register number: birth date, order, 97 less the rest by 97 (a 2 in front since 2000)',
    pattern: shape(String.raw`\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}`),
    check: (id) => [id.slice(0, 9), `2${id.slice(0, 9)}`].some((number) => 97 - rest(number, 97) === Number(id.slice(9))),
    examples: { valid: ['85.07.30-033.28'], invalid: ['85.07.30-033.29'] },
  },
  {
    country: 'Sweden', source: 'Skatteverket, personnummer: birth date, three digits, Luhn',
    pattern: shape(String.raw`(?:19|20)?\d{6}[-+]\d{4}`),
    check: (id) => {
      const digits = id.replace(/\D/g, '').slice(-10);
      return isDate(Number(digits.slice(2, 4)), Number(digits.slice(4, 6))) && passesLuhn(digits);
    },
    examples: { valid: ['811228-9874', '19811228-9874'], invalid: ['811228-9875', '811328-9874'] },
  },
  {
    country: 'Poland', source: 'PESEL: birth date with the century in the month, weights 1 3 7 9',
    pattern: shape(String.raw`\d{11}`),
    check: (id) => {
      const digits = digitsOf(id);
      const month = Number(id.slice(2, 4)) % 20;
      return isDate(month, Number(id.slice(4, 6))) && weighted(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0;
    },
    examples: { valid: ['44051401359'], invalid: ['44051401358'] },
  },
  {
    country: 'Canada', source: 'Social insurance number: nine digits in groups of three, Luhn',
    pattern: shape(String.raw`[1-79]\d{2}[ -]\d{3}[ -]\d{3}`), check: (id) => passesLuhn(id),
    examples: { valid: ['130 692 544'], invalid: ['130 692 545'] },
  },
  {
    country: 'China', source: 'GB 11643-1999: place, birth date, order, ISO 7064 MOD 11-2',
    pattern: shape(String.raw`[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]`),
    check: (id) => '10X98765432'[weighted(digitsOf(id.slice(0, 17)), [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11] === id[17],
    examples: { valid: ['11010519491231002X'], invalid: ['110105194912310021'] },
  },
]; // prettier-ignore

/** The national ids that begin between two offsets. */
export function findNationalIds(text: string, from: number, to: number): Span[] {
  const found: Span[] = [];
  for (const { pattern, check } of nationalIds) {
    pattern.lastIndex = from;
    for (let match = pattern.exec(text); match !== null && match.index < to; match = pattern.exec(text)) {
      if (check(match[0].replace(/[ ./-]/g, '').toUpperCase()))
        found.push({ start: match.index, end: match.index + match[0].length });
    }
  }
  return found;
}
