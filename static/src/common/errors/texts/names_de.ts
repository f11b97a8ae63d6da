// size: one list of texts
import type { EN_NAMES } from "./names_en";

export const DE_NAMES: Readonly<Record<keyof typeof EN_NAMES, string>> = {
  "card.title": "in {path}, Zeile {line}",
  "card.go": "Zu Zeile {line}",
  "card.off": "Fehler nicht erklären",
  "card.off_done": "Fehler werden nicht mehr erklärt. In den Einstellungen lässt sich das ändern.",
  "card.close": "Erklärung schließen",
  "name.similar":
    "Das Programm kennt kein `{name}`, aber `{suggestion}`.\nPrüfe, wie der Name geschrieben ist. Er muss überall gleich sein.",
  "name.case":
    "Python unterscheidet große und kleine Buchstaben: `{name}` ist nicht `{suggestion}`.\nSchreibe `{suggestion}`.",
  "name.constant": "`{name}` wird in Python anders geschrieben.\nSchreibe `{constant}`.",
  "name.import":
    "`{name}` ist eines von Pythons Modulen und muss importiert werden, bevor es verwendet wird.\nSchreibe `import {name}` in die erste Zeile.",
  "name.from_module":
    "`{name}` gehört zum Modul `{module}`, das als Ganzes importiert ist.\nSchreibe `{module}.{name}`, oder importiere es mit `from {module} import {name}`.",
  "name.in_module":
    "`{name}` gehört zum Modul `{module}`, und das ist nicht importiert.\nSchreibe `from {module} import {name}` in die erste Zeile.",
  "name.self":
    "`{name}` gehört zum Objekt. Eine Methode erreicht es nur über `self`.\nSchreibe `self.{name}`.",
  "name.later":
    "`{name}` entsteht in Zeile {line}, wird aber verwendet, bevor diese Zeile ausgeführt wurde.\nVerschiebe Zeile {line} über die Stelle, an der `{name}` verwendet wird.",
  "name.not_reached":
    "`{name}` bekommt seinen Wert in Zeile {line}, aber diese Zeile wurde diesmal nicht ausgeführt.\nGib `{name}` einen Wert vor dem `if`, der Schleife oder dem `try` um Zeile {line}.",
  "name.elsewhere":
    "`{name}` gibt es nur in der Funktion `{function}` (Zeile {line}). Außerhalb kennt es niemand.\nGib den Wert mit `return {name}` zurück, und speichere ihn dort, wo die Funktion aufgerufen wird.",
  "name.quotes":
    'Python hält `{name}` für den Namen einer Variablen, und die gibt es nicht.\nWenn es ein Text ist, setze ihn in Anführungszeichen: `"{name}"`. Sonst gib `{name}` zuerst einen Wert.',
  "name.function":
    "Es gibt keine Funktion `{name}`.\nPrüfe, wie sie geschrieben ist, ob sie weiter oben mit `def {name}(…):` definiert ist, oder ob ein Import fehlt.",
  "name.unknown":
    "`{name}` hat noch keinen Wert.\nPrüfe, wie es geschrieben ist, und ob eine Zeile weiter oben ihm mit `{name} = …` einen Wert gibt.",
  "name.unbound":
    "Die Funktion `{function}` gibt `{name}` einen Wert. Deshalb ist `{name}` dort ihre eigene Variable und nicht die von außen. In dieser Zeile hat sie noch keinen Wert.\nÜbergib den Wert als Parameter, und gib den neuen zurück. Oder schreibe `global {name}` als erste Zeile der Funktion.",
  "name.unbound_local":
    "Die Funktion `{function}` verwendet `{name}`, bevor sie ihm einen Wert gibt.\nGib `{name}` über dieser Zeile einen Wert.",
  "name.branch":
    "`{name}` bekommt nur in Zeile {line} einen Wert, und diese Zeile wurde diesmal nicht ausgeführt.\nGib `{name}` einen Wert vor dem `if`, der Schleife oder dem `try`, oder in einem `else`.",
  "attribute.none":
    "Was vor `.{name}` steht, ist `None`: Es hat keinen Wert.\nOft kommt das von einer Funktion ohne `return` oder von einer Methode, die eine Liste ändert und nichts zurückgibt.",
  "attribute.length":
    "Der Typ `{type}` hat kein `.{name}`. Seine Länge nennt eine Funktion.\nSchreibe `len(…)`.",
  "attribute.known":
    "Der Typ `{type}` hat in Python kein `.{name}`.\nVerwende stattdessen dies: `{instead}`.",
  "attribute.similar":
    "Der Typ `{type}` hat kein `.{name}`, aber `.{suggestion}`.\nPrüfe, wie es geschrieben ist.",
  "attribute.of_type":
    "Der Typ `{type}` hat kein `.{name}`.\nPrüfe, ob die Variable enthält, was du erwartest: `print(type(…))` zeigt es.",
  "attribute.unknown":
    "`{type}` hat kein `.{name}`.\nPrüfe, wie es geschrieben ist, und ob `__init__` ihm mit `self.{name} = …` einen Wert gibt.",
  "none.value":
    "Einer der Werte ist `None`: kein Wert.\nOft kommt das von einer Funktion ohne `return` oder von einer Methode, die eine Liste ändert und nichts zurückgibt. Prüfe, wo die Variablen dieser Zeile ihre Werte bekommen.",
  "none.method":
    "`{name}` ist seit Zeile {line} `None`: `.{what}(…)` ändert den Wert selbst und gibt nichts zurück.\nSchreibe `.{what}(…)` in eine eigene Zeile, ohne `{name} =` davor.",
  "none.print":
    "`{name}` ist seit Zeile {line} `None`: `print(…)` zeigt einen Wert und gibt nichts zurück.\nGib `{name}` den Wert selbst, und schreibe `print` in eine eigene Zeile.",
  "none.function":
    "`{name}` ist `None`: Die Funktion `{what}` gibt nichts zurück.\nSchreibe `return` und das Ergebnis ans Ende von `{what}` (Zeile {line}).",
  "module.missing":
    "Python findet kein Modul `{name}`: Es ist keines von seinen eigenen, hier nicht installiert, und keine Datei deines Programms heißt `{name}.py`.\nPrüfe, wie es geschrieben ist. Wenn es eine Datei von dir ist, füge sie zum Programm hinzu. Die Seite „Pakete“ nennt, was installiert ist.",
  "module.similar":
    "Es gibt kein Modul `{name}`, aber `{suggestion}`.\nPrüfe, wie es geschrieben ist.",
  "module.own_similar":
    "Es gibt kein Modul `{name}`, aber dein Programm hat die Datei `{suggestion}.py`.\nSchreibe `import {suggestion}`, oder benenne die Datei um. Große und kleine Buchstaben zählen.",
  "module.part":
    "Das Modul `{module}` gibt es, aber es hat keinen Teil `{name}`.\nPrüfe, wie er geschrieben ist.",
  "module.no_package":
    "`{module}` ist ein einzelnes Modul und enthält keine anderen.\nImportiere `{module}` selbst.",
  "module.shadowed":
    "Deine Datei `{path}` heißt wie Pythons eigenes Modul `{module}` und wird an seiner Stelle importiert.\nBenenne deine Datei um.",
  "module.circular":
    "`{module}` ist noch nicht ganz geladen: Zwei Dateien importieren einander.\nVerschiebe, was beide brauchen, in eine dritte Datei. Wenn eine deiner Dateien wie ein Modul von Python heißt, benenne sie um.",
  "module.no_name":
    "Das Modul `{module}` hat kein `{name}`.\nPrüfe, wie es geschrieben ist, und in welchem Modul es steht.",
  "module.name_similar":
    "Das Modul `{module}` hat kein `{name}`, aber `{suggestion}`.\nPrüfe, wie es geschrieben ist.",
  "module.windows":
    "Das Modul `{name}` gibt es nur in Windows. Programme laufen hier unter Linux.\nSuche einen Weg, der ohne es auskommt.",
  "module.window":
    "`{name}` öffnet Fenster, und dieser Lauf hatte nur ein Terminal.\nVerwende `input()` und `print()`. Wenn diese Seite Fenster zeigen kann, schalten die Optionen von Ausführen sie ein.",
  "import.name":
    "Das Modul `{module}` hat kein `{name}`.\nPrüfe, wie es geschrieben ist, und in welchem Modul es steht.",
  "import.similar":
    "Deine Datei `{module}.py` hat kein `{name}`, aber `{suggestion}`.\nPrüfe, wie es geschrieben ist.",
  "import.own_name":
    "Deine Datei `{path}` definiert kein `{name}`.\nPrüfe in beiden Dateien, wie es geschrieben ist.",
  "import.other_module":
    "`{name}` steht nicht im Modul `{module}`, sondern in `{home}`.\nSchreibe `from {home} import {name}`.",
  "import.relative":
    "Ein Import mit Punkt funktioniert nur in einem Paket.\nSchreibe den Import ohne Punkt: `import name`.",
  "file.missing":
    "Im Ordner des Programms gibt es keine Datei `{path}`.\nPrüfe, wie sie geschrieben ist. Füge die Datei zu deinem Programm hinzu, oder lass das Programm sie zuerst schreiben.",
  "file.similar":
    "Es gibt keine Datei `{path}`, aber `{suggestion}`.\nPrüfe, wie sie geschrieben ist. Große und kleine Buchstaben und Ordner zählen.",
  "file.windows":
    "`{path}` ist ein Ort auf einem Computer mit Windows. Das Programm läuft auf einem anderen Computer und erreicht deine Dateien nicht.\nFüge die Datei zu deinem Programm hinzu, und öffne sie nur mit ihrem Namen.",
  "file.folder": "`{path}` ist ein Ordner und keine Datei.\nNenne eine Datei darin.",
  "file.no_folder": "Ein Teil von `{path}` ist eine Datei und kein Ordner.\nPrüfe den Pfad.",
  "file.exists": "`{path}` gibt es schon.\nWähle einen anderen Namen, oder entferne es zuerst.",
  "file.permission":
    "Das Programm darf `{path}` nicht öffnen. Es darf nur in seinen eigenen Ordner schreiben.\nVerwende einen Namen ohne Ordner.",
  "file.no_space":
    "Für Dateien dieses Programms ist kein Platz mehr.\nSchreibe weniger, oder entferne Dateien, die nicht mehr gebraucht werden.",
  "file.encoding":
    'Ein Text enthält ein Zeichen, das die gewählte Kodierung nicht darstellen kann.\nÖffne Dateien mit `encoding="utf-8"`.',
  "network.none":
    "Das Programm möchte ins Internet, und das haben Programme hier nicht.\nFüge die Daten als Datei zu deinem Programm hinzu.",
  "name.python_2": "`{name}` gehört zu Python 2, und das ist veraltet.\nSchreibe `{instead}`.",
  "name.assign":
    "`==` vergleicht, und `{name}` hat noch keinen Wert, der sich vergleichen ließe.\nUm ihm einen zu geben, schreibe ein einzelnes `=`.",
  "attribute.function":
    "`{object}` ist eine Funktion, und `.{name}` gehört zu dem, was sie zurückgibt.\nRufe sie zuerst mit runden Klammern auf: `{object}(…).{name}`.",
  "attribute.key":
    '`{name}` ist ein Schlüssel des Dictionarys, und Schlüssel erreicht man mit eckigen Klammern.\nSchreibe `["{name}"]` statt `.{name}`.',
  "module.inner":
    "`{name}` steht nicht im Modul `{module}` selbst, sondern in dessen Klasse `{inner}`.\nSchreibe `{module}.{inner}.{name}(…)`, oder importiere die Klasse mit `from {module} import {inner}`.",
  "attribute.self_missing":
    "`__init__` gibt den Wert einer eigenen Variablen `{name}` und nicht dem Objekt.\nSchreibe in Zeile {line} `self.{name} = …`.",
  "name.first_value":
    "Diese Zeile verwendet `{name}`, aber `{name}` hat noch keinen Wert.\nGib ihm weiter oben einen ersten Wert, vor der Schleife, wenn es eine gibt: zum Beispiel `{name} = 0`.",
  "name.self_unknown":
    "`self` gibt es nur in einer Methode, die es als ersten Parameter hat.\nSchreibe in einer Methode `self` an den Anfang ihrer Klammern. Außerhalb der Klasse schreibe die Variable, in der das Objekt steht.",
  "name.foreign": "`{name}` gehört zu einer anderen Sprache.\nSchreibe in Python `{instead}`.",
  "attribute.of_class":
    "`{type}` ist die Klasse selbst. Nur ihre Objekte haben `.{name}`.\nErzeuge zuerst ein Objekt, mit runden Klammern nach dem Namen der Klasse: `{type}(…)`.",
  "attribute.outside":
    "`{type}` hat kein `.{name}`: Die Funktion `{name}` in Zeile {line} steht außerhalb der Klasse.\nRücke sie ein, damit sie zur Klasse gehört.",
  "attribute.super_missing":
    "`{type}` hat ein eigenes `__init__`. Deshalb läuft das von `{parent}` nicht, und nichts gibt `.{name}` einen Wert.\nSchreibe `super().__init__(…)` als erste Zeile in `__init__` (Zeile {line}).",
  "module.extension": "Der Name eines Moduls endet nicht mit `.py`.\nSchreibe `import {module}`.",
  "name.alias":
    "Zeile {line} importiert `{name}` unter dem Namen `{alias}`.\nSchreibe `{alias}` statt `{name}`.",
  "name.parts":
    "Zeile {line} importiert Teile von `{name}` und nicht `{name}` selbst.\nLass `{name}.` vor diesen Teilen weg, oder schreibe `import {name}` in Zeile {line}.",
  "attribute.imported":
    "Zeile {line} importiert `{object}` aus dem Modul `{object}`. Deshalb ist dieser Name hier nicht das Modul.\nSchreibe `import {object}` in Zeile {line}, oder lass `{object}.` hier weg.",
};
