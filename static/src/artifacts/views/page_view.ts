import type { ListedArtifact } from "../../common/artifacts/artifact_list";
import { copyText } from "../../terminal/copy_text";
import type { ArtifactSource } from "../artifact_source";
import { make } from "../elements";
import type { View } from "./view";

/**
 * A page that a program made: in a frame of another origin without scripts, forms or links that
 * lead anywhere. The server says so, too, with whatever it sends.
 */
export class PageView implements View {
  readonly element = make("div", { class: "artifact-page" });
  readonly #frame = make("iframe", { sandbox: "", referrerpolicy: "no-referrer" });
  readonly #artifact: ListedArtifact;
  readonly #source: ArtifactSource;
  #scale: number | null = null;

  constructor(artifact: ListedArtifact, source: ArtifactSource) {
    this.#artifact = artifact;
    this.#source = source;
    this.#frame.title = artifact.name;
    this.#frame.dataset.testid = "artifact-frame";
    this.element.append(this.#frame);
  }

  async load(): Promise<void> {
    this.#frame.src = await this.#source.address(this.#artifact);
  }

  async replace(): Promise<boolean> {
    return false;
  }

  get scale(): number {
    return this.#scale ?? 1;
  }

  setScale(scale: number | null): void {
    this.#scale = scale;
    const { style } = this.#frame;
    const share = `${100 / (scale ?? 1)}%`;
    style.width = share;
    style.height = share;
    style.transform = scale === null ? "" : `scale(${scale})`;
  }

  async copy(): Promise<boolean> {
    return copyText(await (await this.#source.bytes(this.#artifact)).text());
  }

  end(): void {
    this.#frame.removeAttribute("src");
  }
}
