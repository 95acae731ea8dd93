import type { KnownCaller } from '../../src/model/caller.ts';
import type { EvidenceWords } from './incidents.ts';
import { harmless } from './incidents.ts';

/** A caller of `charge`, found at a place. */
export function chargeCaller(path: string, line: number, inside?: string): KnownCaller {
  const where = inside === undefined ? {} : { in: harmless(inside) };
  return { of: harmless('charge'), path: harmless(path), line, ...where };
}

/** Callers as step 7 finds them; the records' risks mention the first two. */
export const callersFound: EvidenceWords = {
  title: 'Callers of 1 changed function: 3 places',
  kind: 'callers',
  source: 'git grep, which finds any use of the name',
  lineCount: 4,
  step: 'blastRadius',
  callers: [
    chargeCaller('src/routes/checkout.js', 18, 'postCheckout'),
    chargeCaller('src/services/refund.js', 31, 'refundOrder'),
    chargeCaller('src/jobs/retryCharges.js', 12),
  ],
};
