import type { ValueShape } from '../environmentValueShape.ts';

/** A name that a file declares, with its line (from 1). The value is looked at while reading and kept nowhere. */
export interface Named {
  readonly name: string;
  readonly line: number;
  readonly value: ValueShape;
}
