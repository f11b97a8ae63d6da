import type { CODE_EN } from "./texts_code_en";

/** Names of what code help does, in German. */
export const CODE_DE: Readonly<Record<keyof typeof CODE_EN, string>> = {
  "settings.code_help": "Programmierhilfe",
  "code_help.off": "Aus",
  "code_help.asked": "Auf Tastendruck",
  "code_help.typing": "Beim Tippen",
  "command.describe": "Namen an der Schreibmarke erklären",
  "command.signature": "Parameter anzeigen",
  "command.references": "Verwendungen des Namens finden",
  "command.rename_symbol": "Überall umbenennen",
  "command.outline": "Gliederung der Datei",
  "command.go_back": "Zurückgehen",
  "command.check_types": "Typen prüfen",
};
