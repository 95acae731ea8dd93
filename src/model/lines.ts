/** The line, from 1, on which a place of a text is; places count in UTF-16 units. */
export function lineAt(text: string, at: number): number {
  let line = 1;
  for (let next = text.indexOf('\n'); next !== -1 && next < at; next = text.indexOf('\n', next + 1)) line += 1;
  return line;
}

/** A text without white space, by which lines are compared that differ in their spaces alone. */
export function squeezed(text: string): string {
  return text.replace(/\s+/g, '');
}
