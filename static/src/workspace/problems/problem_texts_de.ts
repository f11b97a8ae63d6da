import type { PROBLEMS_EN } from "./problem_texts_en";

/** As `PROBLEMS_EN`. */
export const PROBLEMS_DE: Readonly<Record<keyof typeof PROBLEMS_EN, string>> = {
  ruff_off:
    "Die Prüfung von Python ist zweimal ausgefallen. Lade die Seite neu, um sie wieder zu verwenden.",
  advice_off:
    "Der Rat vor dem Ausführen ist zweimal ausgefallen. Lade die Seite neu, um ihn wieder zu bekommen.",
  formatter_off:
    "Das Formatieren ist zweimal ausgefallen. Lade die Seite neu, um es wieder zu verwenden.",
  none: "Es wurden keine Probleme gefunden.",
  off: "Die Prüfung ist ausgeschaltet. Die Einstellungen schalten sie ein.",
  checking: "Wird geprüft …",
  hint: "Enter zeigt das Problem. {keys} behebt es dort, wenn es eine Korrektur gibt.",
  filter: "Probleme durchsuchen",
  error: "Fehler",
  warning: "Warnung",
  info: "Rat",
  count_errors: "{count} Fehler",
  count_error: "1 Fehler",
  count_others: "{count} Hinweise",
  count_other: "1 Hinweis",
  place: "{path}, Zeile {line}",
  no_match: "Kein Problem enthält das.",
  no_fix: "Für diese Zeile gibt es keine Korrektur.",
  fixed: "Erledigt: {title}",
  dismissed: "Dieser Rat wird nicht mehr gezeigt. In den Einstellungen bekommst du ihn wieder.",
  no_formatter: "Für {language} gibt es hier kein Formatieren.",
  no_formatter_of_file: "Für {path} gibt es kein Formatieren.",
  no_imports: "Nur Importe von Python können sortiert werden.",
  cannot_format: "Das kann noch nicht formatiert werden, weil es nicht lesbar ist: {message}",
  not_formatted: "Das konnte nicht formatiert werden.",
  formatted_already: "Es ist schon formatiert.",
  formatted: "Formatiert.",
};
