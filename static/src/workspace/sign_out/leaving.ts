import type { Draft } from "../snippets/drafts";

/** What happens to programs that only this browser has. */
export type Choice = "retry" | "discard" | "stay";
/** `page`: the server has something to say, on a page. */
export type Answer = "signed_out" | "offline" | "page";

export interface LeavingHost {
  /** Tries to save what is not saved, in all windows; takes a bounded time. */
  saveAll(): Promise<void>;
  unsaved(): readonly Draft[];
  decide(unsaved: readonly Draft[]): Promise<Choice>;
  /** Ends the session on the server. */
  end(): Promise<Answer>;
  /** The server does not answer. */
  showOffline(): void;
  showPage(): void;
  /** Removes the traces of the user from this browser, also from its other windows. */
  forget(): void;
  leave(): void;
}

/**
 * Signs out. Nothing that is saved nowhere else is removed unless the user says so; nothing is
 * removed while the session goes on.
 */
export async function signOut(host: LeavingHost): Promise<void> {
  await host.saveAll();
  for (let unsaved = host.unsaved(); unsaved.length > 0; unsaved = host.unsaved()) {
    const choice = await host.decide(unsaved);
    if (choice === "stay") return;
    if (choice === "discard") break;
    await host.saveAll();
  }
  const answer = await host.end();
  if (answer === "offline") host.showOffline();
  else if (answer === "page") host.showPage();
  else {
    host.forget();
    host.leave();
  }
}
