import { CLASS_MESSAGE_FIELDS, type ClassServerMessage } from "../../protocol.gen";
import { knownMessage } from "../channels/known_message";

/** A message of a class's socket; null for one that a newer server sends, or that is none. */
export function decodeClass(text: string): ClassServerMessage | null {
  return knownMessage<ClassServerMessage>(text, CLASS_MESSAGE_FIELDS);
}
