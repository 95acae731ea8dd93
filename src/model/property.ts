/** A property of a value that may be anything; undefined where it has none. For what other programs hand over. */
export function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
