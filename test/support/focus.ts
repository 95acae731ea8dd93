import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { until } from './until.ts';

/** Where the focus is, and how that shows. */
export interface FocusStop {
  /** Its place among all elements of the page, -1 for nowhere. */
  readonly index: number;
  readonly name: string;
  /** Whether an outline around it, or around a part of it, can be seen. */
  readonly isSeen: boolean;
}

/** The element that has the focus in the page of `body`, looked for inside the components too: one of them has to show it. */
export async function focusIn(body: Locator): Promise<FocusStop> {
  return body.evaluate(() => {
    const chain: Element[] = [];
    for (let at = document.activeElement; at !== null; at = at.shadowRoot?.activeElement ?? null) chain.push(at);
    const [outermost] = chain;
    if (outermost === undefined || outermost === document.body || !document.hasFocus())
      return { index: -1, name: '', isSeen: false };
    // The toolkit draws the focus of a box on a part inside it.
    const parts = chain.flatMap((each) => [each, ...(each.shadowRoot?.querySelectorAll('.control') ?? [])]);
    const isSeen = parts.some((part) => {
      const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(part);
      const isOutlined =
        outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1 && !/, 0\)$|transparent/.test(outlineColor);
      const { width, height } = part.getBoundingClientRect();
      return isOutlined && width > 0 && height > 0;
    });
    const labels = outermost instanceof HTMLElement && 'labels' in outermost ? outermost.labels : undefined;
    const label = labels instanceof NodeList ? labels[0]?.textContent : undefined;
    const words = outermost.getAttribute('aria-label') ?? label ?? outermost.textContent;
    return {
      index: [...document.querySelectorAll('*')].indexOf(outermost),
      name: words.replaceAll(/\s+/g, ' ').trim().slice(0, 80),
      isSeen,
    };
  });
}

/**
 * Presses Tab, or the key that is given first, until something of that name has the focus; from the end of a page on the
 * other of the two.
 */
export async function tabTo(body: Locator, name: RegExp, first: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const passed: string[] = [];
  let key = first;
  for (let wasInside = false, turns = 0; turns < 2 && passed.length < 400;) {
    const at = await focusIn(body);
    if (at.index >= 0 && name.test(at.name)) return;
    if (at.index < 0 && wasInside) {
      key = key === 'Tab' ? 'Shift+Tab' : 'Tab';
      turns += 1;
    }
    wasInside = at.index >= 0;
    passed.push(at.name);
    await body.page().keyboard.press(key);
  }
  assert.fail(`Tab leads to nothing that is called ${name.source}, but to ${passed.slice(0, 60).join(' | ')}`);
}

/** Waits until the focus is on something of that name that shows it. */
export async function untilFocused(body: Locator, name: RegExp, when: string): Promise<void> {
  let at: FocusStop | undefined;
  try {
    await until(`the focus is on ${name.source} ${when}, and is seen`, async () => {
      at = await focusIn(body);
      return at.index >= 0 && at.isSeen && name.test(at.name);
    });
  } catch (error) {
    throw new Error(`It is on ${JSON.stringify(at)}`, { cause: error });
  }
}
