import type { ServerMessage } from "../../protocol.gen";
import type { RunArtifacts } from "../run_artifacts";
import { make } from "./elements";

/** What the program of a member shows, below its terminal; loaded with the first of it. */
export class WatchArtifacts {
  readonly element = make("section", { class: "watch-artifacts", hidden: true });
  #run: string | null = null;
  #loading: Promise<RunArtifacts> | null = null;

  /** Null: no run is watched. */
  watch(run: string | null): void {
    this.#run = run;
    this.element.hidden = true;
    const begin = (shown: RunArtifacts) => shown.begin(run ?? "");
    void this.#loading?.then(begin, () => undefined);
  }

  receive(message: ServerMessage): void {
    const run = this.#run;
    if (message.type !== "artifact" || message.run !== run) return;
    this.#loading ??= this.#load(run);
    void this.#loading.then(
      (shown) => {
        if (this.#run === run) shown.receive(message);
      },
      () => {
        this.#loading = null; // without a connection; the server says it again with the next one
      },
    );
  }

  async #load(run: string): Promise<RunArtifacts> {
    const { RunArtifacts } = await import("../run_artifacts");
    const shown = new RunArtifacts(this.element);
    shown.begin(run);
    return shown;
  }
}
