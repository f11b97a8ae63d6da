import { CLASS_MESSAGE_FIELDS, type ClassServerMessage } from "../../protocol.gen";

/** A message of a class's socket; null for one that a newer server sends, or that is none. */
export function decodeClass(text: string): ClassServerMessage | null {
  const value = parsed(text);
  const type = value?.type;
  if (value === null || typeof type !== "string" || !Object.hasOwn(CLASS_MESSAGE_FIELDS, type)) {
    return null;
  }
  const fields = CLASS_MESSAGE_FIELDS[type as ClassServerMessage["type"]];
  const whole = Object.entries(fields).every(([name, kinds]) => kinds.includes(kind(value[name])));
  return whole ? (value as unknown as ClassServerMessage) : null;
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
