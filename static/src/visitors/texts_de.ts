import type { EN } from "./texts_en";

export const DE: Readonly<Record<keyof typeof EN, string>> = {
  "editor.label": "Code. Mit F6 zum Terminal.",
  "code.of": "Code von {path}",
  preparing: "Wird vorbereitet …",
  "problem.offline": "Der Server antwortet nicht. Drücke gleich noch einmal auf „Start“.",
  "problem.load": "Ein Teil dieser Seite konnte nicht geladen werden. Lade sie neu.",
  "problem.large": "Dieses Programm ist zu groß: höchstens {limit} KB sind erlaubt.",
  "problem.no_code": "Die Seite um diesen Rahmen hat kein Programm mitgegeben.",
  "reset.done": "Das Programm ist wieder wie am Anfang.",
};
