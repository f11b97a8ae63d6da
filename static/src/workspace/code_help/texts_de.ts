import type { CODE_HELP_EN } from "./texts_en";

/** As `CODE_HELP_EN`. */
export const CODE_HELP_DE: Readonly<Record<keyof typeof CODE_HELP_EN, string>> = {
  failed:
    "Die Programmierhilfe funktioniert nicht mehr. Lade die Seite neu, um es noch einmal zu versuchen. Alles andere geht weiter.",
  off: "Die Programmierhilfe ist in den Einstellungen ausgeschaltet.",
  unavailable:
    "Die Programmierhilfe konnte nicht geladen werden. Prüfe deine Verbindung und versuche es noch einmal.",
  loading: "Die Programmierhilfe wird geladen…",
  other_language: "Das gibt es für Dateien in Python, JavaScript und TypeScript.",
  only_python: "Das gibt es für Dateien in Python.",
  no_name: "Bei der Schreibmarke steht kein Name.",
  no_references: "Der Name wird nirgends verwendet.",
  no_symbols: "Die Datei definiert noch nichts.",
  references: "{count} Stellen in {files} Dateien",
  references_one: "Eine Stelle",
  references_one_file: "{count} Stellen",
  class: "Klasse",
  function: "Funktion",
  value: "Wert",
  filter: "Filtern",
  symbol: "Name einer Definition",
  new_name: "Neuer Name für {name}",
  rename: "Umbenennen",
  bad_name:
    "Ein Name besteht aus Buchstaben, Ziffern und _, beginnt nicht mit einer Ziffer und ist kein Schlüsselwort.",
  cannot_rename:
    "{name} ist nicht in deinen Dateien definiert und kann deshalb keinen anderen Namen bekommen.",
  renamed: "An {count} Stellen umbenannt. Rückgängig wirkt in jeder Datei für sich.",
  checked: "Typfehler werden beim Bearbeiten markiert, bis du die Seite neu lädst.",
};
