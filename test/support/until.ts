import { setTimeout as delay } from 'node:timers/promises';

/**
 * Waits until something has become true that can only be asked, not listened to.
 * @param what for the message: "the extension host is up"
 * @param limit in ms
 * @throws when it is not true at the limit
 */
export async function until(what: string, isTrue: () => Promise<boolean>, limit = 30_000): Promise<void> {
  const end = Date.now() + limit;
  while (!(await isTrue())) {
    if (Date.now() > end) throw new Error(`Waited ${limit / 1000} s in vain until ${what}.`);
    await delay(50);
  }
}
