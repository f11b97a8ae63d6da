import type { Person } from "../../protocol.gen";
import { rt } from "./room_text";

/** How the user names of guests begin; nobody else's does. */
const GUEST = "guest:";

export function isGuest(user: string): boolean {
  return user.startsWith(GUEST);
}

/** A guest chooses any name, also that of somebody else: it says that it is a guest's. */
export function markedName(user: string, name: string): string {
  return isGuest(user) ? rt("person.guest", { name }) : name;
}

/** The same, of somebody who is here. */
export function personName({ user, name, role }: Pick<Person, "user" | "name" | "role">): string {
  if (role !== "viewer") return markedName(user, name);
  return rt(isGuest(user) ? "person.guest_viewer" : "person.viewer", { name });
}
