import { Listing } from './listing.ts';

/**
 * The listings of the open end of a reply. It is parsed again with each piece that arrives; a listing found there again
 * goes on from where it was, so that a line is read once.
 */
export class Listings {
  #known: Listing[] = [];
  #found: Listing[] = [];

  /** The text is parsed from the start of its open end. */
  begin(): void {
    this.#known = this.#found;
    this.#found = [];
  }

  /**
   * The listing with that content, in the order of the text. One that is left out of the source in part is given as
   * `settled`: it alone knows what came before.
   */
  find(fenceWord: string, content: string, settled: Listing | undefined): Listing {
    const index =
      settled === undefined
        ? this.#known.findIndex((each) => each.fenceWord === fenceWord && each.isStartOf(content))
        : this.#known.indexOf(settled);
    const listing = settled ?? this.#known[index] ?? new Listing(fenceWord);
    if (index >= 0) this.#known.splice(0, index + 1);
    this.#found.push(listing);
    return listing;
  }
}
