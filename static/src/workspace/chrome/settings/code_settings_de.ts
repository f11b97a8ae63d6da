import type { CODE_SETTINGS_EN } from "./code_settings_en";

/** As `CODE_SETTINGS_EN`. */
export const CODE_SETTINGS_DE: Readonly<Record<keyof typeof CODE_SETTINGS_EN, string>> = {
  checks: "Probleme in Python",
  "checks.off": "Aus",
  "checks.errors": "Nur Fehler",
  "checks.strict": "Streng",
  explain_errors: "Fehler erklären",
  explain_errors_help:
    "Wenn ein Python-Programm mit einem Fehler endet, sagt eine Karte unter dem Terminal, was er bedeutet.",
  advice: "Rat vor dem Ausführen",
  advice_help:
    "Zum Beispiel zu Modulen, die diese Seite nicht hat, oder zu einer endlosen Schleife.",
  format_on_save: "Beim Speichern formatieren",
  format_on_save_help:
    "Mit den Tasten zum Speichern. Das automatische Speichern ändert nichts am Text.",
  all_advice: "Wieder jeden Rat zeigen",
  all_advice_done: "Jeder Rat wird wieder gezeigt.",
};
