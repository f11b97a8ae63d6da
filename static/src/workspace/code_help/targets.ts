import type { EditorHost } from "../../editor/editor_host";
import type { LanguageOption, SourceFile } from "../../protocol.gen";
import type { InputSetting } from "../chrome/input_setting";
import type { PreferencesStore } from "../chrome/preferences_store";

export interface CodeHelpTargets {
  readonly api: { read(path: string): Promise<unknown> };
  readonly editor: EditorHost;
  readonly input: InputSetting;
  readonly languages: readonly LanguageOption[];
  readonly preferences: PreferencesStore;
  readonly session: {
    readonly language: string;
    content(): { readonly files: readonly SourceFile[] };
    show(path: string): void;
  };
}
