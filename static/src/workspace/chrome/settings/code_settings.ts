import { translator } from "../../../common/i18n/translate";
import { CHECK_LEVELS, type CheckLevel } from "../../../protocol.gen";
import type { PreferencesStore } from "../preferences_store";
import { make } from "../widgets/dom";
import { choice, onOff } from "../widgets/setting_rows";
import { CODE_SETTINGS_DE } from "./code_settings_de";
import { CODE_SETTINGS_EN } from "./code_settings_en";

const text = translator(CODE_SETTINGS_EN, CODE_SETTINGS_DE);

/** The settings of what the page says about code, loaded with the dialog. */
export function codeSettings(preferences: PreferencesStore): HTMLElement[] {
  const levels = CHECK_LEVELS.map((level) => [level, text(`checks.${level}`)] as const);
  const words = (name: "advice" | "explain_errors" | "format_on_save") => ({
    label: text(name),
    help: text(`${name}_help`),
  });
  const { chosen } = preferences;
  return [
    choice(text("checks"), levels, chosen.code_checks, (level) =>
      preferences.set({ code_checks: level as CheckLevel }),
    ),
    onOff(words("format_on_save"), chosen.format_on_save, (on) =>
      preferences.set({ format_on_save: on }),
    ),
    onOff(words("explain_errors"), chosen.explain_errors, (on) =>
      preferences.set({ explain_errors: on }),
    ),
    onOff(words("advice"), chosen.advice, (on) => preferences.set({ advice: on })),
    ...(chosen.advice_off.length > 0 ? [allAdvice(preferences)] : []),
  ];
}

function allAdvice(preferences: PreferencesStore): HTMLElement {
  const button = make("button", { type: "button", class: "button" }, text("all_advice"));
  const row = make("div", { class: "setting" }, button);
  button.addEventListener("click", () => {
    preferences.set({ advice_off: [] });
    row.replaceChildren(make("p", { role: "status" }, text("all_advice_done")));
  });
  return row;
}
