import { at } from "../../common/base/paths";
import { byId } from "./widgets/dom";

/** Shown when the user was signed out, in another tab or by timeout. The page keeps the text. */
export class SignedOutBanner {
  readonly #bar = byId("signed-out");
  #signIns = 0;

  /** A refused connection can mean that the user is signed out: asks the server. */
  async check(): Promise<void> {
    const signIns = this.#signIns;
    const headers = { Accept: "application/json" };
    const answer = await fetch(at("/preferences/"), { headers }).catch(() => null);
    const refused = answer?.status === 403 || answer?.status === 401;
    // The user may have signed in again since the request.
    if (refused && signIns === this.#signIns) this.show();
  }

  show(): void {
    this.#bar.hidden = false;
  }

  hide(): void {
    this.#signIns += 1;
    this.#bar.hidden = true;
  }
}
