import type { BrowserStorage } from "../chrome/browser_storage";

const NAME = "typed";

/** What was typed for a run that has not started. */
export interface TypedAhead {
  readonly run: string | null;
  readonly typed: string;
}

/** Keeps it while the page is loaded again; nobody else has it before the program runs. */
export function keepTypedAhead(
  storage: Pick<BrowserStorage, "setOfTab">,
  now: () => TypedAhead,
): void {
  window.addEventListener("pagehide", () => {
    const { run, typed } = now();
    storage.setOfTab(NAME, run !== null && typed ? `${run} ${typed}` : null);
  });
}

/** Once, for that run: it is typed again then. */
export function takeTypedAhead(
  storage: Pick<BrowserStorage, "getOfTab" | "setOfTab">,
  run: string,
): string {
  const kept = storage.getOfTab(NAME) ?? "";
  storage.setOfTab(NAME, null);
  return kept.startsWith(`${run} `) ? kept.slice(run.length + 1) : "";
}
