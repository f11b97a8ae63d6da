import { t } from "../../common/i18n/translate";
import { contentOf, type SnippetContent, sameContent } from "../../common/snippets/snippet";
import type { Snippet } from "../../protocol.gen";
import { openDialog } from "../chrome/widgets/dialog";
import { byId, make } from "../chrome/widgets/dom";
import type { SnippetSession } from "./snippet_session";

/** Another window saved the snippet that is edited here: shows both texts; the user decides. */
export class Conflict {
  readonly #bar = byId("conflict");
  readonly #compareButton = byId("conflict-compare");
  readonly #mineButton = byId("conflict-mine");
  readonly #theirsButton = byId("conflict-theirs");
  readonly #copyButton = byId("conflict-copy");
  readonly #session: SnippetSession;
  #theirs: Snippet | null = null;

  constructor(session: SnippetSession) {
    this.#session = session;
    this.#compareButton.addEventListener("click", () => void this.#compare());
    this.#mineButton.addEventListener("click", () => this.#keepMine());
    this.#theirsButton.addEventListener("click", () => this.#takeTheirs());
    this.#copyButton.addEventListener("click", () => this.#saveCopy());
    session.onDidConflict((theirs) => this.#show(theirs));
  }

  #show(theirs: Snippet): void {
    if (sameContent(this.#session.content(), theirs)) {
      this.#session.open(theirs);
      return;
    }
    this.#theirs = theirs;
    this.#bar.hidden = false;
  }

  /** Called when another snippet opens. The unsaved text stays in its draft. */
  hide(): void {
    this.#theirs = null;
    this.#bar.hidden = true;
  }

  #close(): Snippet | null {
    const theirs = this.#theirs;
    this.hide();
    return theirs;
  }

  #keepMine(): void {
    const theirs = this.#close();
    if (theirs) this.#session.saveOver(theirs);
  }

  #takeTheirs(): void {
    const theirs = this.#close();
    if (theirs) this.#session.open(theirs);
  }

  /** Keeps both texts: mine becomes a new snippet. */
  #saveCopy(): void {
    const theirs = this.#close();
    if (!theirs) return;
    const mine = this.#session.content();
    this.#session.discard();
    this.#session.openNew(
      { ...mine, title: t("conflict.copy_title", { title: mine.title }) },
      true,
    );
    void this.#session.saveNow();
  }

  async #compare(): Promise<void> {
    const theirs = this.#theirs;
    if (!theirs) return;
    const { diffLines } = await import("diff");
    const { body, close } = openDialog(this.#compareButton.textContent, "wide");
    const mine = this.#session.content();
    const heads = make(
      "div",
      { class: "compare-heads" },
      make("h3", {}, t("conflict.theirs")),
      make("h3", {}, t("conflict.mine")),
    );
    body.append(heads);
    for (const path of pathsOf(theirs, mine)) {
      const [old, now] = [textOf(theirs, path), textOf(mine, path)];
      if (old === now) continue;
      body.append(make("h4", {}, path), comparison(diffLines(old, now)));
    }
    const choices = make("footer", { class: "dialog-choices" });
    for (const [shown, decide] of [
      [this.#theirsButton, () => this.#takeTheirs()],
      [this.#copyButton, () => this.#saveCopy()],
      [this.#mineButton, () => this.#keepMine()],
    ] as const) {
      const button = make("button", { type: "button", class: "button" }, shown.textContent);
      button.addEventListener("click", () => {
        close();
        decide();
      });
      choices.append(button);
    }
    body.append(choices);
  }
}

function pathsOf(...contents: SnippetContent[]): string[] {
  return [...new Set(contents.flatMap((content) => contentOf(content).files.map((f) => f.path)))];
}

function textOf(content: SnippetContent, path: string): string {
  return content.files.find((file) => file.path === path)?.content ?? "";
}

interface Part {
  readonly value: string;
  readonly added: boolean;
  readonly removed: boolean;
}

/** Theirs on the left, mine on the right. Differences are marked, also without colour. */
function comparison(parts: readonly Part[]): HTMLElement {
  const sides = make("div", { class: "compare", tabindex: 0 });
  const row = (theirs: string | null, mine: string | null, same: boolean) => {
    const side = (name: string, text: string | null) =>
      make("pre", { class: name, "data-own": !same && text !== null }, text ?? "");
    sides.append(side("theirs", theirs), side("mine", mine));
  };
  for (let index = 0; index < parts.length; index += 1) {
    const [part, next] = [parts[index] as Part, parts[index + 1]];
    const text = withoutEnd(part);
    // Replaced lines are shown beside the lines that replace them.
    if (part.removed && next?.added) {
      row(text, withoutEnd(next), false);
      index += 1;
    } else if (part.removed) row(text, null, false);
    else if (part.added) row(null, text, false);
    else row(text, text, true);
  }
  return sides;
}

function withoutEnd({ value }: Part): string {
  return value.replace(/\n$/, "");
}
