import "../styles/artifacts.css";
import { ArtifactList, type ListedArtifact } from "../common/artifacts/artifact_list";
import { type ArtifactTextKey, at } from "../common/artifacts/artifact_texts";
import type { ArtifactRow } from "../protocol.gen";
import { ArtifactSource } from "./artifact_source";
import { make } from "./elements";
import { News } from "./news";
import { save } from "./save";
import { Scaling } from "./scaling";
import { Toolbar } from "./toolbar";
import { viewOf } from "./view_of";
import type { View } from "./views/view";

const KINDS: ReadonlySet<string> = new Set(["picture", "table", "html", "sound", "file"]);
/** What one run has shown: one thing at a time, with what can be done with it. */
export class ArtifactViewer {
  readonly element = make("div", { class: "artifacts", "data-testid": "artifacts" });
  readonly #list = new ArtifactList();
  readonly #stage = make("div", { class: "artifact-stage" });
  readonly #news = new News();
  readonly #scaling: Scaling;
  readonly #toolbar: Toolbar;
  #source: ArtifactSource | null = null;
  #view: View | null = null;
  /** What `#view` shows. */
  #shown: ListedArtifact | null = null;
  #visible = false;

  /** `toggleFullScreen`: where no panel around it has a button for that. */
  constructor(toggleFullScreen?: () => void) {
    this.#scaling = new Scaling(this.#stage, {
      view: () => this.#view,
      step: (by) => this.#step(by),
      changed: (scale, fits) => this.#toolbar.drawScale(scale, fits),
    });
    this.#toolbar = new Toolbar({
      step: (by) => this.#step(by),
      zoom: (direction) => this.#scaling.by(direction),
      fit: () => this.#scaling.fit(),
      copy: () => void this.#copy(),
      download: () => void this.#download(),
      toggleFullScreen,
    });
    this.element.append(this.#toolbar.element, this.#stage, this.#news.element);
    this.element.addEventListener("keydown", (event) => this.#press(event));
    this.#draw();
  }

  get count() {
    return this.#list.count;
  }

  /** Another run; what it shows comes by `put` or `load`. */
  begin(run: string): void {
    this.clear();
    this.#source = new ArtifactSource(run, (rows) => {
      for (const row of rows) if (this.#list.get(row.seq)) this.#keep(row);
    });
  }

  clear(): void {
    this.#list.clear();
    this.#end();
    this.setBefore(false);
    this.#draw();
  }

  /** All that the run has shown until now. Throws if that cannot be asked for. */
  async load(): Promise<readonly ArtifactRow[]> {
    const rows = (await this.#source?.load()) ?? [];
    this.set(rows);
    return rows;
  }

  /** In place of all that there is. */
  set(rows: readonly ArtifactRow[]): void {
    this.#list.clear();
    for (const row of rows) this.#keep(row);
    this.#draw();
    if (rows.length === 0) this.#end();
  }

  /** Returns whether it is new, and not another content of one that is there. */
  put(row: ArtifactRow): boolean {
    const put = this.#keep(row);
    const place = { kind: kindName(row.kind), number: row.seq, name: row.name };
    if (put === "added") this.#news.later(at("new_one", place));
    if (put !== "refused") this.#draw();
    return put === "added";
  }

  /** Goes to that artifact, if it is there. */
  go(seq: number): void {
    if (this.#list.go(this.#list.items.findIndex((one) => one.seq === seq))) this.#changeItem();
  }

  /** Whether what is shown is of the run before the one that runs now. */
  setBefore(before: boolean): void {
    this.element.dataset.before = String(before);
    this.#toolbar.note(before ? at("before") : "");
  }

  /** Nothing is loaded while nobody sees it. */
  setVisible(visible: boolean): void {
    this.#visible = visible;
    if (!visible) this.#end();
    this.#draw();
  }

  focus(): void {
    const inside = this.#stage.querySelector<HTMLElement>("[tabindex='0'], audio, iframe");
    (inside ?? this.#toolbar.first).focus();
  }

  #keep(row: ArtifactRow) {
    return KINDS.has(row.kind) ? this.#list.put({ ...row, toldAt: Date.now() }) : "refused";
  }

  #step(by: number): void {
    if (this.#list.step(by)) this.#changeItem();
  }

  /** By the user: it is read out. */
  #changeItem(): void {
    const { current, index, count } = this.#list;
    const inside = this.#stage.contains(document.activeElement);
    this.#scaling.reset();
    this.#draw();
    if (current) {
      const kind = kindName(current.kind);
      this.#news.now(at("shown", { kind, number: index + 1, count, name: current.name }));
    }
    if (inside) this.focus();
  }

  #draw(): void {
    const { current, index, count } = this.#list;
    this.element.hidden = current === null;
    this.#toolbar.draw({ artifact: current, index, count, view: this.#view });
    this.#scaling.draw();
    if (!current || !this.#visible || !this.#source) return;
    const shown = this.#shown;
    if (shown?.seq === current.seq && shown.version === current.version) return;
    this.#shown = current;
    if (shown?.seq === current.seq && this.#view) void this.#replace(this.#view, current);
    else this.#show(current, this.#source);
  }

  async #replace(view: View, artifact: ListedArtifact): Promise<void> {
    const replaced = await view.replace(artifact).catch(() => true); // the frame before stays
    if (!replaced && view === this.#view && this.#source) this.#show(artifact, this.#source);
    this.#scaling.draw();
  }

  #show(artifact: ListedArtifact, source: ArtifactSource): void {
    this.#view?.end();
    const view = viewOf(artifact, source);
    this.#view = view;
    view.setScale(this.#scaling.scale);
    this.#stage.dataset.state = "loading";
    this.#stage.dataset.kind = artifact.kind;
    this.#stage.replaceChildren(view.element);
    this.#toolbar.draw({ artifact, index: this.#list.index, count: this.#list.count, view });
    void view.load().then(
      () => this.#loaded(view),
      () => this.#failed(view),
    );
  }

  #loaded(view: View): void {
    if (view !== this.#view) return;
    this.#stage.dataset.state = "shown";
    this.#scaling.draw();
  }

  #failed(view: View): void {
    if (view !== this.#view) return;
    view.end();
    this.#view = null; // another content of it is shown anew
    this.#stage.dataset.state = "failed";
    const again = make("button", { type: "button", class: "button" }, at("again"));
    again.addEventListener("click", () => {
      this.#shown = null;
      this.#draw();
    });
    const text = make("p", { role: "alert" }, at("failed"));
    this.#stage.replaceChildren(make("div", { class: "artifact-card" }, text, again));
  }

  #end(): void {
    this.#view?.end();
    this.#view = null;
    this.#shown = null;
    this.#stage.replaceChildren();
  }

  // --- Keys ------------------------------------------------------------------------------------
  #press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if ((event.target as Element).closest("audio, input, select")) return;
    const act = this.#actOf(event.key);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  #actOf(key: string): (() => void) | null {
    const scrolls = !this.#scaling.fits || this.#stage.dataset.kind === "table";
    switch (key) {
      case "ArrowLeft":
      case "ArrowRight":
        return scrolls ? null : () => this.#step(key === "ArrowLeft" ? -1 : 1);
      case "PageUp":
      case "PageDown":
        return () => this.#step(key === "PageUp" ? -1 : 1);
      case "Home":
      case "End":
        return () => {
          if (this.#list.go(key === "Home" ? 0 : this.#list.count - 1)) this.#changeItem();
        };
      case "+":
      case "=":
        return () => this.#scaling.by(1);
      case "-":
        return () => this.#scaling.by(-1);
      case "0":
        return () => this.#scaling.fit();
      default:
        return null;
    }
  }

  async #copy(): Promise<void> {
    const copied = await this.#view?.copy?.().catch(() => false);
    const plain = !window.isSecureContext && this.#list.current?.kind === "picture";
    this.#toolbar.say(at(copied ? "copied" : plain ? "not_copied_plain" : "not_copied"));
  }

  async #download(): Promise<void> {
    const { current } = this.#list;
    if (!current || !this.#source) return;
    const saved = await save(this.#source.address(current, true), current.name);
    if (!saved) this.#toolbar.say(at("gone"));
  }
}

function kindName(kind: string): string {
  return KINDS.has(kind) ? at(kind as ArtifactTextKey) : kind;
}
