import type { ListedArtifact } from "../../common/artifacts/artifact_list";
import { at } from "../../common/artifacts/artifact_texts";
import { make } from "../elements";
import type { View } from "./view";

/** What cannot be shown: its name; the toolbar saves it. */
export class FileView implements View {
  readonly element = make("div", { class: "artifact-card" });

  constructor({ name }: ListedArtifact) {
    const title = make("p", {}, make("bdi", {}, name));
    this.element.append(title, make("p", { class: "dim" }, at("file")));
  }

  get scale(): undefined {
    return undefined;
  }

  async load(): Promise<void> {
    // All of it is known.
  }

  async replace(): Promise<boolean> {
    return false;
  }

  setScale(): void {
    // There is nothing to be larger.
  }

  end(): void {
    // Nothing was loaded.
  }
}
