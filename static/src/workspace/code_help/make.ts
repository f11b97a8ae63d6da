import { locale } from "../../common/i18n/locale";
import { languageOfFile } from "../../common/languages/file_language";
import { CodeHelp, type CodeHelpSource } from "../../editor/intelligence/code_help";
import type { LanguageOption, LanguageWords, StubFiles, StubIndex } from "../../protocol.gen";
import { timer } from "../../terminal/timer";
import { byTestId } from "../chrome/widgets/dom";
import { toast } from "../chrome/widgets/toasts";
import type { CodeHelpTargets } from "./targets";
import { text } from "./texts";

/** After an edit, type errors are looked for when nothing was typed for this time. */
const CHECK_AFTER_MS = 400;

/** Connects the answers with the page: its preferences, its edits, and what it says. */
export function makeCodeHelp(targets: CodeHelpTargets): CodeHelp {
  const { editor, input, preferences, session, languages } = targets;
  const help = new CodeHelp({
    timer,
    locale: locale(),
    source: source(targets),
    touch: () => input.device === "touch",
    project: () => editor.project(),
    pythonVersion: () => pythonVersion(languages, session.language),
    checksTypes: () => preferences.chosen.code_checks === "strict",
  });
  const applyMode = () => help.setMode(preferences.chosen.code_help);
  applyMode();
  preferences.onDidChange(applyMode);
  const frame = byTestId("editor");
  for (const event of ["keydown", "focusin"]) frame.addEventListener(event, () => help.used());
  let check: unknown = null;
  const edited = () => {
    if (check !== null) timer.clear(check);
    check = timer.set(() => void help.edited(), CHECK_AFTER_MS);
  };
  editor.onDidChange(edited);
  session.onDidChange(edited); // files were renamed or removed
  help.onDidChange(() => {
    frame.dataset.codeHelp = help.state;
  });
  help.onDidFail(() => toast(text("failed"), "problem"));
  help.onDidFindProblems((problems) => editor.setProblems("types", problems));
  // Whoever has already begun to type has used it.
  if (editor.hasFocus()) help.used();
  return help;
}

function source({ api, languages, session }: CodeHelpTargets): CodeHelpSource {
  const words = new Map<string, Promise<unknown>>();
  let index: Promise<StubIndex> | null = null;
  const once = (path: string) => {
    const asked = words.get(path) ?? api.read(path);
    words.set(path, asked);
    // Without a connection: the next question asks again.
    asked.catch(() => words.delete(path));
    return asked;
  };
  return {
    async words(path) {
      const language = languageOfFile(path, languages, session.language);
      if (!language) return null;
      return (await once(`/languages/${language.id}/words/`)) as LanguageWords;
    },
    async stubsOf(name) {
      index ??= once("/languages/stubs/") as Promise<StubIndex>;
      const version = (await index).packages[name];
      if (version === undefined) return null;
      const { files } = (await api.read(`/languages/stubs/${name}/${version}/`)) as StubFiles;
      const entries = Object.entries(files);
      return Object.fromEntries(entries.map(([path, stub]) => [`/packages/${path}`, stub]));
    },
  };
}

/** `3.11` of `3.11.2`; empty for a program in another language, or before it is known. */
function pythonVersion(languages: readonly LanguageOption[], open: string): string {
  const python = languages.find(({ id, monaco }) => id === open && monaco === "python");
  return /^3\.\d+/.exec(python?.version ?? "")?.[0] ?? "";
}
