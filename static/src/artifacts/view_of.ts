import type { ListedArtifact } from "../common/artifacts/artifact_list";
import type { ArtifactSource } from "./artifact_source";
import { FileView } from "./views/file_view";
import { PageView } from "./views/page_view";
import { PictureView } from "./views/picture_view";
import { SoundView } from "./views/sound_view";
import { TableView } from "./views/table_view";
import type { View } from "./views/view";

export function viewOf(artifact: ListedArtifact, source: ArtifactSource): View {
  switch (artifact.kind) {
    case "picture":
      return new PictureView(artifact, source);
    case "table":
      return new TableView(artifact, source);
    case "html":
      return new PageView(artifact, source);
    case "sound":
      return new SoundView(artifact, source);
    default:
      return new FileView(artifact);
  }
}
