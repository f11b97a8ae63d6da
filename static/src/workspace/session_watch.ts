import { byId } from "./dom";

/** Signed out in another tab, or the session has run out: the page stays, and so does the text. */
export class SessionWatch {
  readonly #bar = byId("signed-out");

  /** A refused socket may mean that; whether it does is asked. */
  async ask(): Promise<void> {
    const headers = { Accept: "application/json" };
    const answer = await fetch("/preferences/", { headers }).catch(() => null);
    if (answer?.status === 403 || answer?.status === 401) this.signedOut();
  }

  signedOut(): void {
    this.#bar.hidden = false;
  }

  signedIn(): void {
    this.#bar.hidden = true;
  }
}
