import "../styles/run_artifacts.css";
import { ArtifactViewer } from "../artifacts/artifact_viewer";
import { make } from "../artifacts/elements";
import { FullScreen } from "../artifacts/full_screen";
import { at } from "../common/artifacts/artifact_texts";
import { useLanguage } from "../common/i18n/translate";
import type { ArtifactRow, ServerMessage } from "../protocol.gen";

/** What a run has shown, on a page about it: all of it, as it comes, or as it came. */
export class RunArtifacts {
  readonly #section: HTMLElement;
  readonly #viewer: ArtifactViewer;
  #rows: readonly ArtifactRow[] = [];
  #moments: readonly number[] = [];
  #until = -1;

  /** `section` has a title, and is hidden while there is nothing. */
  constructor(section: HTMLElement) {
    this.#section = section;
    useLanguage(document.documentElement.lang, navigator.languages);
    const box = make("div", { class: "artifact-box" });
    const fullScreen = new FullScreen(box, () => undefined);
    this.#viewer = new ArtifactViewer(() => void fullScreen.toggle());
    box.append(this.#viewer.element);
    section.append(box);
    this.#viewer.setVisible(true);
  }

  begin(run: string): void {
    this.#viewer.begin(run);
    this.#section.hidden = true;
  }

  /** Those of a run that has ended, from the first one on. */
  async load(): Promise<void> {
    this.#rows = await this.#viewer.load();
    this.#section.hidden = this.#rows.length === 0;
    const [first] = this.#rows;
    if (first) this.#viewer.go(first.seq);
  }

  /** Of a run that goes on. */
  receive(message: ServerMessage): void {
    if (message.type !== "artifact") return;
    this.#viewer.put(message);
    this.#section.hidden = false;
  }

  /** When each was shown, in milliseconds since the program began. */
  get times(): readonly number[] {
    return this.#rows.map(({ at_ms }) => at_ms);
  }

  /** A replay begins: at which of its moments each comes. */
  replay(moments: readonly number[]): void {
    this.#moments = moments;
    this.#until = -1;
  }

  /** What had been shown at a moment of the replay; the last of it is looked at. */
  showAt(moment: number): void {
    const seen = this.#rows.filter((_, index) => (this.#moments[index] ?? 0) <= moment);
    if (seen.length === this.#until) return;
    this.#until = seen.length;
    this.#viewer.set(seen);
  }
}

/** Of the page of a run; null if it has none. */
export async function artifactsOfPage(): Promise<RunArtifacts | null> {
  const section = document.getElementById("run-results");
  if (!section) return null;
  const artifacts = new RunArtifacts(section);
  artifacts.begin(section.dataset.run ?? "");
  try {
    if ("ended" in section.dataset) await artifacts.load();
  } catch {
    section.hidden = false;
    section.append(make("p", { role: "alert" }, at("failed")));
  }
  return artifacts;
}
