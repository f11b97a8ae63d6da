import { translator } from "../../common/i18n/translate";

const EN = {
  failed: "Code help has stopped working. Reload the page to try again. Everything else works.",
  off: "Code help is turned off in the settings.",
  unavailable: "Code help could not be loaded. Check your connection, and try again.",
  loading: "Loading code help…",
  other_language: "This is available for files of Python, JavaScript and TypeScript.",
  only_python: "This is available for files of Python.",
  no_name: "There is no name at the cursor.",
  no_references: "The name is used nowhere.",
  no_symbols: "The file defines nothing yet.",
  references: "{count} places in {files} files",
  references_one: "One place",
  references_one_file: "{count} places",
  class: "class",
  function: "function",
  value: "value",
  filter: "Filter",
  symbol: "Name of a definition",
  new_name: "New name for {name}",
  rename: "Rename",
  bad_name: "A name has letters, digits and _, does not begin with a digit, and is no keyword.",
  cannot_rename: "{name} is not defined in your files, so it cannot get another name.",
  renamed: "Renamed in {count} places. Undo works in each file by itself.",
  checked: "Type errors are marked while you edit, until you reload the page.",
} as const;

const DE: Readonly<Record<keyof typeof EN, string>> = {
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

/** Texts that are loaded with code help. */
export const text = translator(EN, DE);
