import { INPUT_CHOICES, type InputChoice } from "../../common/base/input_device";
import { t } from "../../common/i18n/translate";
import { stepped } from "../../common/preferences";
import {
  BELL_CHOICES,
  type BellChoice,
  CODE_HELP_CHOICES,
  type CodeHelpChoice,
  type Preferences,
  TAB_SIZES,
  TERMINAL_THEMES,
  THEME_CHOICES,
} from "../../protocol.gen";
import { isMac } from "../../terminal/keys/platform";
import type { InputSetting } from "./input_setting";
import type { PreferencesStore } from "./preferences_store";
import { openDialog } from "./widgets/dialog";
import { icon, make } from "./widgets/dom";
import { choice, onOff } from "./widgets/setting_rows";

/** The dialog for all preferences. */
export function openSettings(preferences: PreferencesStore, input: InputSetting): void {
  const { body } = openDialog(t("command.settings"), "settings-dialog");
  const theme = THEME_CHOICES.map((choice) => [choice, t(`theme.${choice}`)] as const);
  const terminal = TERMINAL_THEMES.map((one) => [one, t(`terminal_theme.${one}`)] as const);
  const tabs = TAB_SIZES.map((size) => [String(size), t("settings.spaces", { size })] as const);
  body.append(
    choice(t("settings.theme"), theme, preferences.chosen.theme, (value) =>
      preferences.setTheme(value as Preferences["theme"]),
    ),
    choice(t("settings.terminal_theme"), terminal, preferences.chosen.terminal_theme, (value) =>
      preferences.set({ terminal_theme: value as Preferences["terminal_theme"] }),
    ),
    size(t("settings.font_size"), "font_size", preferences),
    size(t("settings.terminal_font_size"), "terminal_font_size", preferences),
    choice(t("settings.tab_size"), tabs, String(preferences.chosen.tab_size), (value) =>
      preferences.set({ tab_size: Number(value) as Preferences["tab_size"] }),
    ),
    codeHelp(preferences),
    bell(preferences),
    inputChoice(input),
    toggle("screen_reader", preferences),
    toggle("copy_on_select", preferences),
    ...(isMac ? [toggle("option_is_meta", preferences)] : []),
  );
  void import("./settings/code_settings").then(({ codeSettings }) => {
    body.append(...codeSettings(preferences));
  });
}

function codeHelp(preferences: PreferencesStore): HTMLElement {
  const choices = CODE_HELP_CHOICES.map((one) => [one, t(`code_help.${one}`)] as const);
  return choice(t("settings.code_help"), choices, preferences.chosen.code_help, (value) =>
    preferences.set({ code_help: value as CodeHelpChoice }),
  );
}

function bell(preferences: PreferencesStore): HTMLElement {
  const choices = BELL_CHOICES.map((one) => [one, t(`bell.${one}`)] as const);
  return choice(t("settings.bell"), choices, preferences.chosen.bell, (value) =>
    preferences.set({ bell: value as BellChoice }),
  );
}

/** Not a preference of the user: the browser keeps it. */
function inputChoice(input: InputSetting): HTMLElement {
  const choices = INPUT_CHOICES.map((one) => [one, t(`input.${one}`)] as const);
  const made = choice(t("settings.input"), choices, input.choice, (value) =>
    input.choose(value as InputChoice),
  );
  made.querySelector("span")?.append(make("small", {}, t("settings.input_help")));
  return made;
}

type SizeName = "font_size" | "terminal_font_size";

function size(label: string, name: SizeName, preferences: PreferencesStore): HTMLElement {
  const shown = make("output", { class: "size", "aria-live": "polite" });
  const show = () => {
    shown.value = t("settings.pixels", { size: preferences.chosen[name] });
  };
  const button = (picture: string, words: string, steps: number) => {
    const made = make("button", { type: "button", class: "icon-button", title: words });
    made.setAttribute("aria-label", `${label}: ${words}`);
    made.append(icon(picture));
    made.addEventListener("click", () => {
      preferences.set({ [name]: stepped(preferences.chosen[name], steps) });
      show();
    });
    return made;
  };
  show();
  const smaller = button("minus", t("settings.smaller"), -1);
  const larger = button("plus", t("settings.larger"), 1);
  const control = make("span", { class: "stepper" }, smaller, shown, larger);
  return make("div", { class: "setting", role: "group", "aria-label": label }, label, control);
}

type ToggleName = "screen_reader" | "copy_on_select" | "option_is_meta";

function toggle(name: ToggleName, preferences: PreferencesStore): HTMLElement {
  const words = { label: t(`settings.${name}`), help: t(`settings.${name}_help`) };
  return onOff(words, preferences.chosen[name], (on) => preferences.set({ [name]: on }));
}
