import type { Event } from "../../common/base/emitter";
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
    /** The title, the files, the language, or which file is shown. */
    readonly onDidChange: Event<void>;
    content(): { readonly files: readonly SourceFile[] };
    show(path: string): void;
  };
}
