import type { EN_CODE } from "./code_en";

export const DE_CODE: Readonly<Record<keyof typeof EN_CODE, string>> = {
  "code.title": "Fehler",
  "code.similar":
    "Das Programm kennt kein `{name}`, aber `{suggestion}`.\nPrüfe, wie der Name geschrieben ist. Er muss überall gleich sein.",
  "code.undeclared":
    "Der Compiler kennt den Namen `{name}` nicht.\nPrüfe, wie er geschrieben ist, und ob eine Zeile weiter oben ihn deklariert, in dieser Funktion oder außerhalb von allen.",
  "code.function":
    "Es gibt keine Funktion `{name}`.\nPrüfe, wie sie geschrieben ist, ob sie weiter oben steht, und ob ein Import oder Include fehlt.",
  "code.no_function":
    "`{name}` wird wie eine Funktion aufgerufen, ist aber keine.\nPrüfe, wie es geschrieben ist, und welchen Wert es hat.",
  "code.symbol":
    "Der Compiler kennt einen Namen in dieser Zeile nicht.\nPrüfe, wie die Namen geschrieben sind, ob sie weiter oben deklariert sind, und ob ein Import fehlt. Die Zeilen darunter im Terminal sagen, welcher Name es ist.",
  "code.brace":
    "Das Programm endet vor seinen Blöcken: Eine schließende Klammer `}` fehlt.\nSuche eine `{` ohne `}`. Es hilft, jeden Block einzurücken.",
  "code.semicolon":
    "Ein Semikolon fehlt.\nSchreibe `;` ans Ende der Anweisung: in dieser Zeile oder am Ende der Zeile darüber.",
  "code.parenthesis":
    "Eine schließende Klammer `)` fehlt.\nZähle die runden Klammern dieser Zeile: Jede `(` braucht eine `)`.",
  "code.string":
    "Ein Text beginnt mit einem Anführungszeichen, aber am Ende steht keines.\nSchreibe dasselbe Anführungszeichen ans Ende des Textes.",
  "code.index":
    "Die Liste oder das Array hat keine solche Position. Die erste ist meist 0, die letzte ist die Länge minus 1.\nVergleiche die Position mit der Länge.",
  "code.zero":
    "Das Programm teilt durch 0, und dafür gibt es kein Ergebnis.\nPrüfe den Wert rechts vom Geteilt-Zeichen: Wo wird er 0?",
  "code.null":
    "Das Programm verwendet eine Variable, die keinen Wert hat.\nPrüfe, wo die Variable vor dem Punkt oder der Klammer ihren Wert bekommt.",
  "code.constant":
    "Die Variable ist als unveränderlich deklariert, und diese Zeile ändert sie.\nDeklariere sie als veränderlich, oder nimm eine andere.",
  "code.twice":
    "`{name}` ist zweimal deklariert.\nEntferne eine der beiden Deklarationen, oder wähle einen anderen Namen.",
  "code.unused":
    "`{name}` wird nicht verwendet, und das erlaubt diese Sprache nicht.\nVerwende es, oder entferne die Zeile.",
  "code.return":
    "Die Funktion verspricht ein Ergebnis, aber nicht jeder Weg durch sie hat ein `return`.\nSchreibe auch an ihr Ende ein `return`.",
  "code.no_value":
    "`{name}` wird verwendet, bevor es einen Wert hat.\nGib ihm einen Wert, wo es deklariert ist.",
  "code.types":
    "Ein Wert hat einen anderen Typ, als hier nötig ist, zum Beispiel ein Text statt einer Zahl.\nVergleiche beide Typen, und wandle den Wert um.",
  "code.arguments":
    "Die Funktion wird mit einer anderen Anzahl von Werten aufgerufen, als sie Parameter hat.\nVergleiche den Aufruf mit der Zeile, die die Funktion definiert.",
  "code.command":
    "Es gibt keinen Befehl `{name}`.\nPrüfe, wie er geschrieben ist. Eine Variable bekommt ihren Wert ohne Leerzeichen um `=`.",
  "code.table":
    "Es gibt keine Tabelle `{name}`.\nPrüfe, wie sie geschrieben ist, und ob sie vorher angelegt wurde.",
  "code.column":
    "Es gibt keine Spalte `{name}`.\nPrüfe, wie sie geschrieben ist. Ein Text braucht einfache Anführungszeichen.",
  "code.moved":
    "Der Wert wurde weiter oben weitergegeben und lässt sich nicht mehr verwenden.\nLeihe ihn mit `&` aus, oder mache mit `.clone()` eine Kopie.",
  "code.class_file":
    "Eine öffentliche Klasse muss in einer Datei ihres Namens stehen.\nBenenne die Datei oder die Klasse um.",
  "code.statement":
    "Diese Zeile berechnet etwas und macht nichts damit.\nRufe eine Funktion auf, oder gib den Wert einer Variablen.",
};
