import type { ListedArtifact } from "../../common/artifacts/artifact_list";

/** How one artifact is shown. There is one at a time: what is not looked at takes no memory. */
export interface View {
  readonly element: HTMLElement;
  /** Loads it. Throws if that fails. */
  load(): Promise<void>;
  /** In place of the same artifact's content before; false if a new view is needed. */
  replace(artifact: ListedArtifact): Promise<boolean>;
  /** Null: as it fits. Undefined if its size cannot be changed. */
  readonly scale: number | undefined;
  setScale(scale: number | null): void;
  /** Puts it on the clipboard; absent if it cannot be copied. */
  copy?(): Promise<boolean>;
  /** Nothing more is loaded or played. */
  end(): void;
}
