import type { ListedArtifact } from "../../common/artifacts/artifact_list";
import { at } from "../../common/artifacts/artifact_texts";
import type { ArtifactSource } from "../artifact_source";
import { make } from "../elements";
import type { View } from "./view";

/**
 * A picture, also a drawing (SVG): as an image, browsers run no scripts of it and load nothing for
 * it. A new frame of an animation is shown when it is decoded; those between are left out.
 */
export class PictureView implements View {
  readonly element = make("div", { class: "artifact-scroll", tabindex: 0 });
  readonly #source: ArtifactSource;
  #artifact: ListedArtifact;
  #image: HTMLImageElement | null = null;
  #scale: number | null = null;
  #loading = false;
  #ended = false;

  constructor(artifact: ListedArtifact, source: ArtifactSource) {
    this.#artifact = artifact;
    this.#source = source;
    this.element.setAttribute("role", "group");
  }

  /** Until it shows the newest content: one that was replaced meanwhile has no address any more. */
  async load(): Promise<void> {
    this.#loading = true;
    try {
      let artifact: ListedArtifact;
      do {
        artifact = this.#artifact;
        await this.#show(artifact).catch((error: unknown) => {
          if (artifact === this.#artifact) throw error;
        });
      } while (artifact !== this.#artifact && !this.#ended);
    } finally {
      this.#loading = false;
    }
  }

  async replace(artifact: ListedArtifact): Promise<boolean> {
    if (artifact.kind !== "picture") return false;
    this.#artifact = artifact;
    if (!this.#loading) await this.load();
    return true;
  }

  get scale(): number {
    const image = this.#image;
    return image?.naturalWidth ? image.clientWidth / image.naturalWidth : 1;
  }

  setScale(scale: number | null): void {
    this.#scale = scale;
    const { element } = this;
    const centre = centreOf(element);
    this.#size();
    element.scrollLeft = centre.x * element.scrollWidth - element.clientWidth / 2;
    element.scrollTop = centre.y * element.scrollHeight - element.clientHeight / 2;
  }

  async copy(): Promise<boolean> {
    if (!navigator.clipboard || typeof ClipboardItem === "undefined") return false;
    // The promise is handed over: browsers forget the key that was pressed while it is loaded.
    const png = this.#png();
    return navigator.clipboard.write([new ClipboardItem({ "image/png": png })]).then(
      () => true,
      () => false,
    );
  }

  end(): void {
    this.#ended = true;
    this.#image?.removeAttribute("src");
  }

  async #show(artifact: ListedArtifact): Promise<void> {
    const image = make("img", {
      class: "artifact-image",
      draggable: "false",
      alt: altOf(artifact),
    });
    image.dataset.testid = "artifact-image";
    image.src = await this.#source.address(artifact);
    await image.decode();
    if (this.#ended) return;
    this.#image = image;
    this.#size();
    this.element.setAttribute("aria-label", altOf(artifact));
    this.element.replaceChildren(image);
  }

  #size(): void {
    const image = this.#image;
    if (!image) return;
    this.element.dataset.scaled = String(this.#scale !== null);
    // A drawing without a size of its own has the browser's.
    const width = image.naturalWidth || 300;
    image.style.width = this.#scale === null ? "" : `${Math.round(width * this.#scale)}px`;
  }

  async #png(): Promise<Blob> {
    const found = await this.#source.bytes(this.#artifact);
    if (found.type === "image/png") return found;
    const image = this.#image;
    if (!image) throw new Error("there is no picture");
    const canvas = make("canvas", { width: image.naturalWidth, height: image.naturalHeight });
    canvas.getContext("2d")?.drawImage(image, 0, 0);
    const png = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
    if (!png) throw new Error("the picture cannot be copied");
    return png;
  }
}

function altOf({ name, width, height }: ListedArtifact): string {
  return width && height ? at("described", { name, width, height }) : name;
}

/** The middle of what is seen, as shares of the whole. */
function centreOf(element: HTMLElement): { x: number; y: number } {
  return {
    x: (element.scrollLeft + element.clientWidth / 2) / Math.max(1, element.scrollWidth),
    y: (element.scrollTop + element.clientHeight / 2) / Math.max(1, element.scrollHeight),
  };
}
