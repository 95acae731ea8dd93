/** Something that shows one text that grows. `end` says that it grows no more. */
export interface ReplyText {
  append(text: string): void;
  /** All of the text so far. */
  replace(text: string): void;
  end(): void;
  dispose(): void;
}

export type ReplyTextFactory = (container: HTMLElement) => ReplyText;

/** Shows the text as it is, line breaks kept. */
export function plainReplyText(container: HTMLElement): ReplyText {
  const text = document.createTextNode('');
  container.append(text);
  return {
    append: (added) => text.appendData(added),
    replace: (all) => text.replaceData(0, text.length, all),
    end: () => undefined,
    dispose: () => text.remove(),
  };
}
