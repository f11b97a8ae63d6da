import { at } from "../common/base/paths";
import { t } from "../common/i18n/translate";
import { csrfToken } from "../terminal/ways/csrf_token";
import { toast } from "./chrome/widgets/toasts";
import type { SnippetSession } from "./snippets/snippet_session";

/** Opens the snippet's room, in which others can be admitted; a new one if it has none. */
export async function editTogether(session: SnippetSession): Promise<void> {
  await session.saveNow();
  if (session.id === null) {
    toast(t("edit_together.unsaved"), "problem");
    return;
  }
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
