import { translator } from "../common/i18n/translate";

const EN = {
  "editor.label": "Code. Press F6 to go to the terminal.",
  "code.of": "Code of {path}",
  preparing: "Preparing …",
  "problem.offline": "The server does not answer. Please press Run again in a moment.",
  "problem.load": "A part of this page could not be loaded. Please reload it.",
  "problem.large": "This program is too large: the limit is {limit} KB.",
  "problem.no_code": "The page around this frame gave no program.",
  "reset.done": "The program is as it was.",
};

const DE: Readonly<Record<keyof typeof EN, string>> = {
  "editor.label": "Code. Mit F6 zum Terminal.",
  "code.of": "Code von {path}",
  preparing: "Wird vorbereitet …",
  "problem.offline": "Der Server antwortet nicht. Drücke gleich noch einmal auf „Ausführen“.",
  "problem.load": "Ein Teil dieser Seite konnte nicht geladen werden. Lade sie neu.",
  "problem.large": "Dieses Programm ist zu groß: höchstens {limit} KB sind erlaubt.",
  "problem.no_code": "Die Seite um diesen Rahmen hat kein Programm mitgegeben.",
  "reset.done": "Das Programm ist wieder wie am Anfang.",
};

/** A text of the pages of visitors, in the page's language. */
export const tt = translator(EN, DE);
