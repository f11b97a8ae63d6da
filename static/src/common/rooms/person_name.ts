import type { Person } from "../../protocol.gen";
import { rt } from "./room_text";

/** How the user names of guests begin; nobody else's does. */
const GUEST = "guest:";

type Mark = "you" | "guest" | "viewer";

export function isGuest(user: string): boolean {
  return user.startsWith(GUEST);
}

/** A guest chooses any name, also that of somebody else: it says that it is a guest's. */
export function markedName(user: string, name: string): string {
  return marked(name, isGuest(user) ? ["guest"] : []);
}

/** The same, of somebody who is here. `own`: it is the reader's own page. */
export function personName(
  { user, name, role }: Pick<Person, "user" | "name" | "role">,
  own = false,
): string {
  const marks: Mark[] = [];
  if (own) marks.push("you");
  if (isGuest(user)) marks.push("guest");
  if (role === "viewer") marks.push("viewer");
  return marked(name, marks);
}

function marked(name: string, marks: readonly Mark[]): string {
  if (marks.length === 0) return name;
  return rt("person.marked", { name, marks: marks.map((mark) => rt(`person.${mark}`)).join(", ") });
}
