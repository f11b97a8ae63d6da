import type { ListedArtifact } from "../../common/artifacts/artifact_list";
import type { ArtifactSource } from "../artifact_source";
import { make } from "../elements";
import type { View } from "./view";

export class SoundView implements View {
  readonly element = make("div", { class: "artifact-card" });
  readonly #player = make("audio", { controls: true, preload: "metadata" });
  readonly #artifact: ListedArtifact;
  readonly #source: ArtifactSource;

  constructor(artifact: ListedArtifact, source: ArtifactSource) {
    this.#artifact = artifact;
    this.#source = source;
    this.#player.ariaLabel = artifact.name;
    this.#player.dataset.testid = "artifact-sound";
    this.element.append(make("p", {}, make("bdi", {}, artifact.name)), this.#player);
  }

  get scale(): undefined {
    return undefined;
  }

  async load(): Promise<void> {
    this.#player.src = await this.#source.address(this.#artifact);
    await new Promise<void>((loaded, failed) => {
      this.#player.addEventListener("loadedmetadata", () => loaded(), { once: true });
      this.#player.addEventListener("error", () => failed(this.#player.error), { once: true });
    });
  }

  async replace(): Promise<boolean> {
    return false;
  }

  setScale(): void {
    // A sound has no size.
  }

  end(): void {
    this.#player.pause();
    this.#player.removeAttribute("src");
    this.#player.load();
  }
}
