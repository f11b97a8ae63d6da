import type { Snippet } from "../../protocol.gen";
import type { Api } from "./api";
import { type Drafts, storeSaved } from "./drafts";

/** A newer draft may be open in another tab, which will save it. */
export const ABANDONED_AFTER_MS = 30_000;

/**
 * Saves drafts that an earlier page could not save: it had no connection, or the browser crashed.
 * Yields each snippet that was saved. Drafts that cannot be saved now stay as they are.
 */
export async function* saveAbandonedDrafts(
  api: Pick<Api, "save">,
  drafts: Drafts,
  isOpen: (key: string) => boolean,
): AsyncGenerator<Snippet> {
  for (const key of drafts.unsaved()) {
    const draft = drafts.get(key);
    if (!draft || isOpen(key) || Date.now() - draft.at <= ABANDONED_AFTER_MS) continue;
    const result = await api.save(draft, draft.content);
    if (result.kind !== "saved") continue;
    storeSaved(drafts, key, result.snippet);
    yield result.snippet;
  }
}
