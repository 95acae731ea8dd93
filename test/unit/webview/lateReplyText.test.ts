import assert from 'node:assert/strict';
import { JSDOM } from 'jsdom';
import { LateReplyText } from '../../../webview/lateReplyText.ts';
import type { ReplyText } from '../../../webview/replyText.ts';

/** A renderer that writes down what it is told. */
function renderer(): ReplyText & { readonly told: string[] } {
  const told: string[] = [];
  return {
    told,
    append: (text) => void told.push(`append ${text}`),
    replace: (text) => void told.push(`replace ${text}`),
    end: () => void told.push('end'),
    dispose: () => void told.push('dispose'),
  };
}

const container = (): HTMLElement => new JSDOM().window.document.createElement('div');
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a reply text whose renderer comes late', () => {
  it('hands over what came before the renderer, at once and in order, and forwards what comes after', async () => {
    const { promise, resolve } = Promise.withResolvers<ReplyText>();
    const made = renderer();
    const text = new LateReplyText(container(), promise, (module) => module);
    text.replace('one');
    text.append(' two');
    resolve(made);
    await settled();
    text.append(' three');
    text.end();
    assert.deepEqual(made.told, ['replace one two', 'append  three', 'end']);
  });

  it('ends a text that ended while the renderer was on its way', async () => {
    const made = renderer();
    const text = new LateReplyText(container(), Promise.resolve(made), (module) => module);
    text.append('all');
    text.end();
    await settled();
    assert.deepEqual(made.told, ['replace all', 'end']);
  });

  it('makes no renderer for a text that is gone by then', async () => {
    const text = new LateReplyText(container(), Promise.resolve(renderer()), () => assert.fail('it was made'));
    text.dispose();
    await settled();
  });

  it('shows the text as it was written if the renderer never comes, what comes later included', async () => {
    const element = container();
    const text = new LateReplyText(element, Promise.reject(new Error('gone')), () => assert.fail('it was made'));
    text.replace('**a**\n<b>');
    await settled();
    text.append('\nmore');
    assert.equal(element.textContent, '**a**\n<b>\nmore');
    assert.equal(element.childElementCount, 0);
  });
});
