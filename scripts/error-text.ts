/** What a caught value has to say, for a line in the terminal. */
export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
