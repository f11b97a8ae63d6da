import { byId } from "./widgets/dom";

/** Signed out in another tab, or the session has run out: the page stays, and so does the text. */
export class SignedOutBanner {
  readonly #bar = byId("signed-out");
  #signIns = 0;

  /** A refused socket may mean that; whether it does is asked. */
  async ask(): Promise<void> {
    const signIns = this.#signIns;
    const headers = { Accept: "application/json" };
    const answer = await fetch("/preferences/", { headers }).catch(() => null);
    const refused = answer?.status === 403 || answer?.status === 401;
    // The answer may be older than what somebody has done since.
    if (refused && signIns === this.#signIns) this.signedOut();
  }

  signedOut(): void {
    this.#bar.hidden = false;
  }

  signedIn(): void {
    this.#signIns += 1;
    this.#bar.hidden = true;
  }
}
