import type { ListedArtifact } from "../common/artifacts/artifact_list";
import { at } from "../common/artifacts/artifact_texts";
import { iconButton, make } from "./elements";
import type { View } from "./views/view";

const SAID_MS = 4000;

interface Actions {
  step(by: number): void;
  zoom(direction: 1 | -1): void;
  fit(): void;
  copy(): void;
  download(): void;
  toggleFullScreen?: (() => void) | undefined;
}

interface Drawn {
  readonly artifact: ListedArtifact | null;
  readonly index: number;
  readonly count: number;
  readonly view: View | null;
}

/** Above what is shown: its name and its place, and what can be done. */
export class Toolbar {
  readonly element: HTMLElement;
  readonly #previous: HTMLButtonElement;
  readonly #next: HTMLButtonElement;
  readonly #place = make("span", { class: "artifact-place" });
  readonly #name = make("bdi", { class: "artifact-name", "data-testid": "artifact-name" });
  readonly #note = make("span", { class: "artifact-note" });
  readonly #said = make("span", { class: "artifact-said", role: "status" });
  readonly #scale: HTMLButtonElement;
  readonly #size: HTMLElement;
  readonly #copy: HTMLButtonElement;
  #saidTimer = 0;

  constructor(actions: Actions) {
    const button = (...[name, label, pressed]: Parameters<typeof iconButton>) => {
      const made = iconButton(name, label, pressed);
      made.dataset.testid = `artifact-${name}`;
      return made;
    };
    this.#previous = button("previous", at("previous"), () => actions.step(-1));
    this.#next = button("next", at("next"), () => actions.step(1));
    const smaller = button("smaller", at("smaller"), () => actions.zoom(-1));
    const larger = button("larger", at("larger"), () => actions.zoom(1));
    this.#scale = make("button", { type: "button", class: "artifact-scale", title: at("fit") });
    this.#scale.dataset.testid = "artifact-scale";
    this.#scale.addEventListener("click", () => actions.fit());
    this.#size = make("span", { class: "artifact-group" }, smaller, this.#scale, larger);
    this.#copy = button("copy", at("copy"), () => actions.copy());
    const download = button("download", at("download"), () => actions.download());
    const places = [this.#previous, this.#place, this.#next];
    const { toggleFullScreen } = actions;
    const whole = toggleFullScreen && button("whole", at("whole_screen"), toggleFullScreen);
    this.element = make(
      "div",
      { class: "artifact-toolbar", role: "toolbar", "aria-label": at("content") },
      make("span", { class: "artifact-group" }, ...places),
      make("span", { class: "artifact-title" }, this.#name, this.#note, this.#said),
      this.#size,
      make("span", { class: "artifact-group" }, this.#copy, download, ...(whole ? [whole] : [])),
    );
  }

  get first(): HTMLElement {
    return this.#previous.hidden ? this.#scale : this.#previous;
  }

  draw({ artifact, index, count, view }: Drawn): void {
    this.#name.textContent = artifact?.name ?? "";
    this.#name.title = artifact?.name ?? "";
    this.#place.textContent = count > 1 ? at("position", { number: index + 1, count }) : "";
    // Not `disabled`: a button that has the focus would lose it.
    for (const [button, can] of [
      [this.#previous, index > 0],
      [this.#next, index >= 0 && index < count - 1],
    ] as const) {
      button.setAttribute("aria-disabled", String(!can));
      button.hidden = count < 2;
    }
    this.#copy.hidden = view !== null && view.copy === undefined;
  }

  drawScale(scale: number | undefined, fits: boolean): void {
    this.#size.hidden = scale === undefined;
    const percent = Math.round((scale ?? 1) * 100);
    this.#scale.textContent = at("scale", { percent });
    this.#scale.setAttribute("aria-pressed", String(fits));
  }

  /** Lasts. */
  note(text: string): void {
    this.#note.textContent = text;
  }

  /** What came of a press. */
  say(text: string): void {
    this.#said.textContent = text;
    window.clearTimeout(this.#saidTimer);
    this.#saidTimer = window.setTimeout(() => {
      this.#said.textContent = "";
    }, SAID_MS);
  }
}
