import type { Redacted } from '../model/redacted.ts';
import { formsOf } from './learned.ts';

/** Shorter values stand in ordinary words. */
const shortest = 8;
/** Bounds memory: more secrets than these are not in what one person looks at. */
const mostSecrets = 5_000;
/** How many characters of a form it is found by. */
const keyLength = 4;
/** Most that is held back for what may become a secret. */
const longestHeld = 4 * 1024;

/** Hides in a reply what was hidden in the evidence. Text is given out as soon as no known secret can begin in it. */
export interface ReplyRedactor {
  /** Takes a piece of a stream and gives out what is sure by now. */
  push(piece: string): Redacted;
  /** Gives out the rest; the next piece begins a new text. */
  end(): Redacted;
  /** The same for a text that is there whole. */
  whole(text: string): Redacted;
}

/**
 * The secrets that were hidden so far in this window, as they are and in the forms they are written in. Claude saw their
 * placeholders only; a reply that holds one of them all the same (a server that repeats what it should not know) is not
 * shown or kept with it. Example keys that a reply makes up stay as they are: nothing is hidden by its format here.
 */
export class KnownSecrets {
  readonly #secrets = new Set<string>();
  readonly #forms = new Map<string, { readonly form: string; readonly placeholder: () => string }[]>();
  #longest = 0;

  /** `placeholder` is asked for when the secret turns up: one that never does takes no number. */
  add(secret: string, placeholder: () => string): void {
    if (secret.length < shortest || this.#secrets.has(secret) || this.#secrets.size >= mostSecrets) return;
    this.#secrets.add(secret);
    for (const form of formsOf(secret)) {
      if (form.length < shortest) continue;
      const key = form.slice(0, keyLength);
      const others = this.#forms.get(key) ?? [];
      // The longest first: a form may begin with another one.
      this.#forms.set(
        key,
        [...others, { form, placeholder }].sort((a, b) => b.form.length - a.form.length),
      );
      this.#longest = Math.max(this.#longest, form.length);
    }
  }

  reply(): ReplyRedactor {
    let held = '';
    return {
      push: (piece) => {
        const text = this.#hide(held + piece);
        const from = this.#beginOfPart(text);
        held = text.slice(from);
        return text.slice(0, from) as Redacted;
      },
      end: () => {
        const text = held;
        held = '';
        return text as Redacted;
      },
      whole: (text) => this.#hide(text) as Redacted,
    };
  }

  #hide(text: string): string {
    if (this.#forms.size === 0) return text;
    let result = '';
    let done = 0;
    for (let at = 0; at + keyLength <= text.length; at += 1) {
      const found = this.#forms.get(text.slice(at, at + keyLength))?.find(({ form }) => text.startsWith(form, at));
      if (found === undefined) continue;
      result += text.slice(done, at) + found.placeholder();
      done = at + found.form.length;
      at = done - 1;
    }
    return result + text.slice(done);
  }

  /** Where an unfinished form begins at the end of a text; its length where none does. */
  #beginOfPart(text: string): number {
    for (let at = Math.max(0, text.length - Math.min(this.#longest - 1, longestHeld)); at < text.length; at += 1) {
      if (this.#mayBegin(text.slice(at))) return at;
    }
    return text.length;
  }

  #mayBegin(end: string): boolean {
    if (end.length >= keyLength) {
      return this.#forms.get(end.slice(0, keyLength))?.some(({ form }) => form.startsWith(end)) === true;
    }
    for (const key of this.#forms.keys()) if (key.startsWith(end)) return true;
    return false;
  }
}
