/** By the type of a message: its fields, and the kinds of value that each may have. */
type Fields<T extends string> = Record<T, Record<string, readonly string[]>>;

/** The message that `text` is; null for one that a newer server sends, or that is none. Fields that
 * are not in `known` are ignored. */
export function knownMessage<M extends { type: string }>(
  text: string,
  known: Fields<M["type"]>,
): M | null {
  const value = parsed(text);
  const type = value?.type;
  if (value === null || typeof type !== "string" || !Object.hasOwn(known, type)) return null;
  const fields = known[type as M["type"]];
  const whole = Object.entries(fields).every(([name, kinds]) => kinds.includes(kind(value[name])));
  return whole ? (value as unknown as M) : null;
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return kind(value) === "object" ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function kind(value: unknown): string {
  return value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
}
