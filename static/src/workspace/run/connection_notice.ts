import type { Way } from "../../common/way/way_choice";
import {
  failureText,
  isSignedOut,
  mayPass,
  type OpenFailure,
  pollsText,
  type WayText,
} from "../../common/way/way_text";
import type { BrowserStorage } from "../chrome/browser_storage";
import { byId } from "../chrome/widgets/dom";

/** A failure that may pass is told after this time. */
const PATIENCE_MS = 8_000;
const TOLD = "polls-told";

/**
 * The bar that says what is wrong on the way to the site, and who can mend it: a sentence for the
 * student, and the details for whoever runs the site.
 */
export class ConnectionNotice {
  readonly #bar = byId("way-problem");
  readonly #text = byId("way-text");
  readonly #details = byId<HTMLDetailsElement>("way-details");
  readonly #advice = byId("way-advice");
  readonly #storage: BrowserStorage;
  #failing = 0;
  #polls = false;
  #last: OpenFailure | null = null;

  /** `staff`: the reader may run the site, so the details are open. */
  constructor(storage: BrowserStorage, staff: boolean) {
    this.#storage = storage;
    this.#details.open = staff;
    byId("way-close").addEventListener("click", () => {
      this.#bar.hidden = true;
      if (this.#polls) storage.setOfTab(TOLD, "1");
    });
  }

  failed(failure: OpenFailure): void {
    this.#last = failure;
    if (isSignedOut(failure)) return;
    if (!mayPass(failure)) this.#show(failureText(failure, location.origin));
    else this.#failing ||= window.setTimeout(() => this.#showLast(), PATIENCE_MS);
  }

  connected(way: Way): void {
    window.clearTimeout(this.#failing);
    this.#failing = 0;
    this.#last = null;
    this.#polls = way === "polls";
    if (this.#polls && !this.#storage.getOfTab(TOLD)) this.#show(pollsText(location.origin));
    else this.#bar.hidden = true;
  }

  #showLast(): void {
    if (this.#last) this.#show(failureText(this.#last, location.origin));
  }

  #show({ text, advice }: WayText): void {
    // Screen readers read a text again that is set again.
    if (this.#text.textContent !== text) this.#text.textContent = text;
    this.#advice.textContent = advice;
    this.#details.hidden = advice === "";
    this.#bar.hidden = false;
  }
}
