/** Lines of a change that belong together: removed, added, or there before and after. */
export interface LineGroup {
  readonly sign: '-' | '+' | ' ';
  readonly lines: readonly string[];
}

/** An edit as a reply gives it: text to replace, or a whole new file. */
export interface GivenEdit {
  readonly search?: string | undefined;
  readonly replace?: string | undefined;
  readonly newFile?: string | undefined;
}

/**
 * An edit as one hunk. Lines that both texts begin or end with are shown once, as they stay; between them comes all
 * that goes, then all that comes.
 */
export function editLines({ search, replace, newFile }: GivenEdit): readonly LineGroup[] {
  const before = newFile === undefined ? linesOf(search ?? '') : [];
  const after = linesOf(newFile ?? replace ?? '');
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  const groups: readonly LineGroup[] = [
    { sign: ' ', lines: before.slice(0, head) },
    { sign: '-', lines: before.slice(head, before.length - tail) },
    { sign: '+', lines: after.slice(head, after.length - tail) },
    { sign: ' ', lines: before.slice(before.length - tail) },
  ];
  return groups.filter(({ lines }) => lines.length > 0);
}

/** A group as text, each line with its sign in front, so that a change is not told by colour alone. */
export function groupText({ sign, lines }: LineGroup): string {
  return lines.map((line) => `${sign} ${line}\n`).join('');
}

/** A final line break ends the last line and opens no other. */
function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.replace(/\r?\n$/, '').split(/\r?\n/);
}
