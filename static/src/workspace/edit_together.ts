import { at } from "../common/base/paths";
import { csrfToken } from "../terminal/ways/csrf_token";
import type { SnippetSession } from "./snippets/snippet_session";

/** Opens the snippet's room, in which others can be admitted; a new one if it has none. */
export async function editTogether(session: SnippetSession): Promise<void> {
  await session.saveNow();
  if (session.id === null) return; // it could not be saved, which the page says
  const form = document.createElement("form");
  form.method = "post";
  form.action = at(`/snippets/${session.id}/room/`);
  const token = document.createElement("input");
  token.type = "hidden";
  token.name = "csrfmiddlewaretoken";
  token.value = csrfToken();
  form.append(token);
  document.body.append(form);
  form.submit();
}
