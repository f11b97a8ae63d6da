import { translator } from "../../../common/i18n/translate";
import { CHECK_LEVELS, type CheckLevel } from "../../../protocol.gen";
import type { PreferencesStore } from "../preferences_store";
import { make } from "../widgets/dom";
import { choice, onOff } from "../widgets/setting_rows";

const text = translator(
  {
    checks: "Problems in Python",
    "checks.off": "Do not look for them",
    "checks.errors": "Errors only",
    "checks.strict": "Errors, likely mistakes and unused names",
    advice: "Advice before the run",
    advice_help: "Such as modules that this site does not have, or a loop that never ends.",
    format_on_save: "Format when I save",
    format_on_save_help: "With the keys for saving. Automatic saving changes nothing in the text.",
    all_advice: "Show all advice again",
    all_advice_done: "All advice is shown again.",
  },
  {
    checks: "Probleme in Python",
    "checks.off": "Nicht danach suchen",
    "checks.errors": "Nur Fehler",
    "checks.strict": "Fehler, wahrscheinliche Irrtümer und unbenutzte Namen",
    advice: "Rat vor dem Ausführen",
    advice_help:
      "Zum Beispiel zu Modulen, die diese Seite nicht hat, oder zu einer endlosen Schleife.",
    format_on_save: "Beim Speichern formatieren",
    format_on_save_help:
      "Mit den Tasten zum Speichern. Das automatische Speichern ändert nichts am Text.",
    all_advice: "Wieder jeden Rat zeigen",
    all_advice_done: "Jeder Rat wird wieder gezeigt.",
  },
);

/** The settings of what the page says about code, loaded with the dialog. */
export function codeSettings(preferences: PreferencesStore): HTMLElement[] {
  const levels = CHECK_LEVELS.map((level) => [level, text(`checks.${level}`)] as const);
  const words = (name: "advice" | "format_on_save") => ({
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
