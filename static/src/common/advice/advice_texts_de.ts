import type { ADVICE_EN } from "./advice_texts_en";

/** As `ADVICE_EN`. */
export const ADVICE_DE: Readonly<Record<keyof typeof ADVICE_EN, string>> = {
  dismiss: "Diese Art von Rat nicht mehr zeigen",
  network: "{name} braucht das Internet, das Programme hier nicht haben.",
  network_more: "Lade Daten von dort herunter und füge sie diesem Snippet als Datei hinzu.",
  eval_input: "{name}() führt alles, was eingetippt wird, als Programm aus.",
  eval_input_more: "Für eine Zahl schreibst du int(input()) oder float(input()).",
  shell_input: "{name} führt das, was eingetippt wird, als Befehl aus.",
  shell_input_more:
    "Wer „; rm -r *“ tippt, löscht deine Dateien. Gib subprocess.run eine Liste von Wörtern.",
  password:
    "Das sieht nach einem Passwort oder Schlüssel aus. Alle, denen du das Programm zeigst, können es lesen.",
  password_more:
    "Frag danach mit getpass.getpass(), oder lies es aus einer Datei, die du nicht teilst.",
  endless_loop:
    "Diese Schleife endet nie: Sie hat kein break, gibt nichts aus und wartet auf nichts.",
  endless_condition:
    "Diese Schleife endet nie, wenn sie einmal beginnt: Nichts darin ändert {names}.",
  module_missing: "Das Modul „{name}“ ist hier nicht installiert.",
  module_missing_more:
    "Die Seite „Pakete“ zeigt, was es gibt. Auch eine eigene Datei mit diesem Namen geht.",
  needs_window: "„{name}“ öffnet Fenster. Programme haben hier ein Terminal und keine Fenster.",
  windows_only: "„{name}“ gibt es nur unter Windows. Programme laufen hier unter Linux.",
  file_missing: "Neben dem Programm gibt es keine Datei „{path}“.",
  file_missing_more: "Füge sie dem Snippet hinzu: mit „Neue Datei“, oder zieh sie auf den Editor.",
  file_similar: "Es gibt eine Datei „{path}“: Groß- und Kleinbuchstaben zählen.",
  forbidden_module: "Diese Seite erlaubt „{name}“ nicht. Ein Programm damit wird nicht ausgeführt.",
  forbidden_call: "Diese Seite erlaubt {name}() nicht. Ein Programm damit wird nicht ausgeführt.",
};
