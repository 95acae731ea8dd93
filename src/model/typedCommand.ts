/**
 * A command as it may be typed into a terminal for the user to run: on one line, without control characters (a line
 * break would run it, an escape sequence could end the terminal's paste), and without characters that change the
 * direction in which it is shown. Undefined where nothing is left.
 */
export function typedCommand(command: string): string | undefined {
  const typed = command.replace(/[\p{Cc}\p{Zl}\p{Zp}\u200b\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim();
  return typed === '' ? undefined : typed;
}
