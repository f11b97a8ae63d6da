// size: one list of texts
import type { EN_VALUES } from "./values_en";

export const DE_VALUES: Readonly<Record<keyof typeof EN_VALUES, string>> = {
  "type.str_plus":
    '`+` verbindet einen Text nur mit einem anderen Text. Der andere Wert ist hier vom Typ `{type}`.\nMache mit `str(…)` einen Text daraus, oder schreibe `print(a, b)` oder `f"… {wert}"`.',
  "type.number_plus":
    "`+` addiert zwei Zahlen. Der andere Wert ist hier ein Text.\nMache mit `int(…)` oder `float(…)` eine Zahl aus dem Text.",
  "type.input_number":
    "`{name}` ist ein Text: `input()` liefert einen Text, auch wenn Ziffern getippt werden.\nSchreibe `int(input(…))` in Zeile {line}, oder `float(…)` für eine Zahl mit Dezimalpunkt.",
  "type.list_plus":
    "`+` verbindet den Typ `{to}` nur mit seinesgleichen. Der andere Wert ist hier vom Typ `{type}`.\nUm einen Wert an eine Liste anzuhängen, nimm `.append(…)`.",
  "type.operands":
    "`{sign}` funktioniert nicht mit den Typen `{left}` und `{right}`.\nPrüfe beide Werte. `print(type(…))` zeigt, von welchem Typ jeder ist.",
  "type.power": "`^` heißt in Python nicht „hoch“.\nSchreibe `**`.",
  "type.compare":
    "`{sign}` kann die Typen `{left}` und `{right}` nicht vergleichen.\nMache aus einem der beiden den Typ des anderen, zum Beispiel mit `int(…)` aus einem Text mit Ziffern.",
  "type.unary":
    "Vor einem Wert vom Typ `{type}` kann kein `{sign}` stehen.\nMache zuerst mit `int(…)` oder `float(…)` eine Zahl daraus.",
  "type.multiply":
    "Ein Text oder eine Liste lässt sich nur so oft wiederholen, wie eine ganze Zahl sagt. Der andere Wert ist vom Typ `{type}`.\nMache mit `int(…)` aus einem Text mit Ziffern eine Zahl.",
  "type.not_callable":
    "Die runden Klammern rufen eine Funktion auf, aber davor steht ein Wert vom Typ `{type}`.\nPrüfe, ob eine Variable wie eine Funktion heißt, oder ob ein Komma oder ein Operator fehlt.",
  "type.number_called":
    "Vor den runden Klammern steht eine Zahl. Python versucht also, sie als Funktion aufzurufen.\nZum Malnehmen schreibe `*` dazwischen.",
  "type.call_brackets":
    "`{name}` ist vom Typ `{type}`. Seine Teile erreichst du mit eckigen Klammern; runde rufen eine Funktion auf.\nSchreibe `{name}[…]`.",
  "type.overwritten":
    "Zeile {line} gibt dem Namen `{name}` einen anderen Wert. Deshalb lässt sich Pythons eigene Funktion `{name}` nicht mehr aufrufen.\nGib der Variablen einen anderen Namen.",
  "type.module_called":
    "`{name}` ist ein Modul und keine Funktion.\nNenne die Funktion darin, zum Beispiel `{name}.{name}(…)`.",
  "type.none_called":
    "Was vor den runden Klammern steht, ist `None`: Es hat keinen Wert.\nPrüfe, wo es seinen Wert bekommt.",
  "type.not_iterable":
    "Ein Wert vom Typ `{type}` ist ein einziger Wert. Er hat keine Teile, die man nacheinander nehmen kann.\nNimm eine Liste, einen Text oder `range(…)`.",
  "type.loop_over_int":
    "`{name}` ist eine Zahl, und eine Schleife braucht mehrere Werte.\nSchreibe `range({name})`, um bis dahin zu zählen.",
  "type.no_in":
    "`in` sucht etwas in einer Liste, einem Text oder einem Dictionary, aber rechts davon steht ein Wert vom Typ `{type}`.\nPrüfe den Wert rechts von `in`.",
  "type.unpack":
    "Links von `=` stehen mehrere Variablen, aber rechts steht ein einziger Wert vom Typ `{type}`.\nGib so viele Werte an, wie es Variablen sind, oder nimm eine Variable.",
  "type.none_indexed":
    "Was vor den eckigen Klammern steht, ist `None`: Es hat keinen Wert.\nOft kommt das von einer Funktion ohne `return` oder von einer Methode wie `.sort()`, die nichts zurückgibt.",
  "type.square_brackets":
    "Eine Funktion wird mit runden Klammern aufgerufen.\nSchreibe `(…)` statt `[…]`.",
  "type.no_index":
    "Ein Wert vom Typ `{type}` hat keine Teile, also kann man mit `[…]` nichts daraus nehmen.\nPrüfe, ob die Variable enthält, was du erwartest: `print(type(…))` zeigt es.",
  "type.unchangeable":
    'Ein Wert vom Typ `{type}` lässt sich nicht in Teilen ändern.\nBaue einen neuen, zum Beispiel `wort = wort[:1] + "e" + wort[2:]`, oder nimm eine Liste.',
  "type.index":
    "In den eckigen Klammern nach einer Liste oder einem Text muss eine ganze Zahl stehen, aber der Wert ist vom Typ `{type}`.\nMache mit `int(…)` eine Zahl daraus. Um etwas unter einem Namen zu finden, nimm ein Dictionary.",
  "type.no_len":
    "Ein Wert vom Typ `{type}` hat keine Länge. `len(…)` zählt die Teile eines Textes, einer Liste oder eines Dictionarys.\nUm die Ziffern einer Zahl zu zählen, schreibe `len(str(…))`.",
  "type.unhashable":
    "Ein Wert vom Typ `{type}` kann sich ändern. Deshalb kann er kein Schlüssel eines Dictionarys und kein Teil einer Menge sein.\nNimm ein Tupel `(…)` oder einen Text als Schlüssel.",
  "type.to_number":
    "`{name}(…)` macht eine Zahl aus einem Text oder einer anderen Zahl, hat aber einen Wert vom Typ `{type}` bekommen.\nNimm zuerst einen einzelnen Wert heraus, zum Beispiel `{name}(werte[0])`.",
  "type.as_int":
    "Hier ist eine ganze Zahl nötig, aber der Wert ist vom Typ `{type}`.\nMache mit `int(…)` eine daraus. Um ohne Rest zu teilen, schreibe `//`.",
  "type.percent":
    'Die Anzahl der Werte nach `%` passt nicht zum Text davor, oder vor `%` steht ein Text und keine Zahl.\nNimm einen f-String wie `f"{name}"`. Um einen Rest zu berechnen, mache mit `int(…)` eine Zahl aus dem Text.',
  "type.join":
    '`.join(…)` verbindet nur Texte, und einer der Teile ist vom Typ `{type}`.\nMache zuerst Texte aus den Teilen: `", ".join(str(x) for x in werte)`.',
  "type.raise":
    'Nach `raise` muss ein Fehler stehen, zum Beispiel `ValueError("…")`.\nSchreibe `raise ValueError("was falsch ist")`.',
  "type.except":
    "Nach `except` muss der Name eines Fehlers stehen.\nSchreibe zum Beispiel `except ValueError:`.",
  "type.with":
    "`with` braucht etwas, das sich schließen lässt, wie eine geöffnete Datei. Ein Wert vom Typ `{type}` ist das nicht.\nSchreibe `with open(…) as datei:`.",
  "type.path":
    "Der Name einer Datei muss ein Text sein, ist aber vom Typ `{type}`.\nPrüfe, woher der Name kommt.",
  "type.write":
    "`.write(…)` schreibt nur Texte, und der Wert ist vom Typ `{type}`.\nMache mit `str(…)` einen Text daraus.",
  "type.json":
    "JSON kennt keine Werte vom Typ `{type}`.\nMache zuerst eine Liste, ein Dictionary, einen Text oder eine Zahl daraus.",
  "type.abstract":
    "Die Klasse `{name}` hat Methoden, die noch nicht geschrieben sind. Deshalb lässt sich kein Objekt von ihr erzeugen.\nSchreibe diese Methoden in einer eigenen Klasse, oder erzeuge ein Objekt einer solchen Klasse.",
  "call.missing":
    "`{name}` in Zeile {line} braucht mehr, als es bekommt: Es fehlt ein Wert für {names}.\nGib `{name}(…)` einen Wert für jeden Parameter.",
  "call.missing_init":
    "Um ein Objekt von `{name}` zu erzeugen, fehlt ein Wert für {names}.\nVergleiche die Klammern nach `{name}` mit denen von `__init__`.",
  "call.few":
    "`{name}` braucht mehr Werte, als es bekommt.\nSchreibe in die runden Klammern, was fehlt.",
  "call.too_many":
    "`{name}` in Zeile {line} nimmt {takes} Werte, wird aber mit {given} aufgerufen.\nEntferne die übrigen, oder füge in Zeile {line} einen Parameter hinzu.",
  "call.many":
    "`{name}` nimmt höchstens {takes} Werte, wird aber mit {given} aufgerufen.\nEntferne die übrigen. Mehrere Werte zusammen sind eine Liste: Setze eckige Klammern um sie.",
  "call.none": "`{name}` bekommt nichts in seinen Klammern.\nSchreibe `{name}()`.",
  "call.self":
    "Eine Methode bekommt ihr Objekt als erstes Argument, und die Methode `{name}` in Zeile {line} hat keinen Platz dafür.\nSchreibe `self` als ihren ersten Parameter.",
  "call.no_object":
    "Die Methode `{name}` wurde an der Klasse selbst aufgerufen und nicht an einem Objekt.\nErzeuge zuerst ein Objekt, mit runden Klammern nach dem Namen der Klasse.",
  "call.keyword": "`{name}` hat keinen Parameter `{argument}`.\nPrüfe, wie er geschrieben ist.",
  "call.twice":
    "Der Parameter `{argument}` von `{name}` bekommt zwei Werte.\nGib ihn einmal an, über seinen Platz oder über seinen Namen.",
  "call.input":
    '`input(…)` bekommt nur einen einzigen Text: die Frage.\nVerbinde die Teile zu einem Text, zum Beispiel `input(f"Alter von {name}? ")`.',
  "value.int":
    "Getippt wurde `{text}`, und das ist keine ganze Zahl.\nTippe nur Ziffern. Das Programm kann noch einmal fragen, wenn es mit `.isdigit()` prüft oder den Fehler mit `try` und `except ValueError` abfängt.",
  "value.int_text":
    "`int(…)` macht aus Ziffern eine Zahl, und `{text}` ist keine ganze Zahl.\nPrüfe, woher der Text kommt.",
  "value.int_decimal":
    "`{text}` ist eine Zahl mit Dezimalpunkt, und `int(…)` liest nur ganze Zahlen.\nSchreibe `float(…)`.",
  "value.int_comma":
    "`{text}` hat ein Komma, und `int(…)` liest nur ganze Zahlen.\nSchreibe `float(…)`, und einen Punkt statt des Kommas.",
  "value.number_empty":
    "Der Text ist leer, also findet `{function}(…)` keine Zahl darin.\nPrüfe, ob vor der Eingabetaste etwas getippt wurde.",
  "value.float":
    "Getippt wurde `{text}`, und das ist keine Zahl.\nTippe Ziffern, und einen Punkt für Dezimalstellen. Das Programm kann noch einmal fragen, wenn es den Fehler mit `try` und `except ValueError` abfängt.",
  "value.float_text":
    "`float(…)` macht aus Ziffern eine Zahl, und `{text}` ist keine.\nPrüfe, woher der Text kommt.",
  "value.float_comma":
    '`{text}` hat ein Komma. Python schreibt Dezimalzahlen mit einem Punkt.\nTippe einen Punkt, oder schreibe `float(text.replace(",", "."))`.',
  "value.unpack_many":
    "Links stehen {wanted} Variablen, rechts mehr Werte.\nNimm so viele Variablen, wie es Werte sind.",
  "value.unpack_few":
    "Links stehen {wanted} Variablen, rechts nur {got} Werte.\nNimm so viele Variablen, wie es Werte sind.",
  "value.unpack_loop":
    "Die Schleife hat zwei Variablen, und die Teile haben eine andere Anzahl von Werten.\nFür Position und Wert schreibe `enumerate(…)`; für Schlüssel und Wert eines Dictionarys `.items()`.",
  "value.unpack_split":
    "`.split(…)` hat {got} Teile ergeben, aber es sind {wanted} Variablen.\nPrüfe, was getippt oder gelesen wurde, und was die Teile trennt.",
  "value.not_in_list":
    "Der Wert, der entfernt oder gefunden werden soll, ist nicht in der Liste.\nFrage zuerst mit `if wert in werte:`.",
  "value.substring":
    "Der gesuchte Text kommt nicht vor.\nNimm `.find(…)`, das dann -1 liefert, oder frage zuerst mit `in`.",
  "value.math":
    "Für diese Zahl gibt es kein Ergebnis: zum Beispiel keine Wurzel aus einer negativen Zahl und keinen Logarithmus von 0.\nPrüfe den Wert, zum Beispiel mit `print(…)`.",
  "value.empty":
    "Die Liste ist leer, also hat sie keinen größten, kleinsten oder mittleren Wert.\nFrage zuerst mit `if werte:`.",
  "value.empty_range":
    "Die erste Zahl ist größer als die letzte, also gibt es nichts zur Auswahl.\nSchreibe die kleinere Zahl zuerst.",
  "value.closed":
    "Die Datei ist schon geschlossen.\nRücke die Zeile ein, damit sie zum Block von `with open(…)` gehört.",
  "value.file_mode":
    'Die Datei wurde nur zum Lesen oder nur zum Schreiben geöffnet.\nSchreibe `"r"` zum Lesen, `"w"` zum Schreiben, `"a"` zum Anhängen: `open(name, "w")`.',
  "value.open_mode":
    '`open(…)` kennt diesen Modus nicht.\nSchreibe `"r"` zum Lesen, `"w"` zum Schreiben oder `"a"` zum Anhängen.',
  "value.format":
    "Das Format `{code}` ist für Zahlen, aber der Wert ist vom Typ `{type}`.\nMache eine Zahl daraus, oder entferne `:{code}`.",
  "value.format_text":
    "Python kann nicht lesen, was in diesem Text zwischen den geschweiften Klammern steht.\nEin Format sieht aus wie `{price:.2f}`. Eine geschweifte Klammer als Text wird doppelt geschrieben.",
  "value.time":
    "Das Datum oder die Uhrzeit sieht nicht aus wie das angegebene Format.\nVergleiche beide Zeichen für Zeichen.",
  "value.date":
    "Dieses Datum oder diese Uhrzeit gibt es nicht.\nPrüfe Tag, Monat und Jahr und ihre Reihenfolge.",
  "value.character": "Es gibt kein Zeichen mit dieser Nummer.\nPrüfe die Zahl.",
  "value.step": "Eine Schrittweite von 0 käme nie ans Ende.\nNimm eine andere Schrittweite.",
  "value.slice": "Auf beiden Seiten stehen verschieden viele Werte.\nPrüfe die Länge von beiden.",
  "value.sample":
    "Es sollen mehr Werte gezogen werden, als es gibt.\nZiehe weniger, oder nimm `random.choices(…)`, das einen Wert auch zweimal nimmt.",
  "value.json":
    "Der Text ist kein JSON: An der Stelle, die der Fehler nennt, ist ein Zeichen falsch oder es fehlt eines.\nNamen und Texte brauchen in JSON doppelte Anführungszeichen, und nach dem letzten Wert steht kein Komma.",
  "value.digits":
    "Die Zahl hat zu viele Stellen, um sie zu zeigen.\nPrüfe, ob sie so groß werden sollte.",
  "value.negative":
    "Die Zahl ist negativ, und das darf sie hier nicht sein.\nPrüfe den Wert, zum Beispiel mit `print(…)`.",
  "value.pairs":
    "Ein Dictionary entsteht aus Paaren, und ein Teil hat eine andere Anzahl von Werten.\nGib jeweils einen Schlüssel und einen Wert an.",
  "value.overflow":
    "Das Ergebnis ist zu groß für eine Dezimalzahl.\nPrüfe die Werte, zum Beispiel mit `print(…)`.",
  "index.list":
    "Die Liste oder das Tupel hat keine solche Position. Die erste ist 0, die letzte ist die Länge minus 1.\nVergleiche die Position mit `len(…)`. Der letzte Wert ist `[-1]`.",
  "index.list_loop":
    "Die Schleife zählt weiter, als die Liste lang ist. Die erste Position ist 0, die letzte ist die Länge minus 1.\nSchreibe `for i in range(len(werte)):`, oder gehe die Werte selbst durch: `for wert in werte:`.",
  "index.assign":
    "Die Liste hat noch keine solche Position, also lässt sich dort nichts ablegen.\nHänge einen Wert mit `.append(…)` an.",
  "index.string":
    "Der Text hat keine solche Position. Die erste ist 0, die letzte ist die Länge minus 1.\nVergleiche die Position mit `len(…)`. Ein leerer Text hat keine.",
  "index.pop_empty":
    "Die Liste ist leer, also lässt sich nichts daraus nehmen.\nFrage zuerst mit `if werte:`.",
  "index.choice":
    "Die Liste ist leer, also lässt sich nichts daraus wählen.\nPrüfe, ob sie gefüllt wurde.",
  "index.argv":
    "Das Programm wurde ohne Argumente gestartet, also enthält `sys.argv` nur seinen Namen.\nGib in den Optionen von Ausführen Argumente an, oder frage mit `input()`.",
  "index.format":
    "Der Text hat mehr geschweifte Klammern, als Werte folgen.\nGib für jede einen Wert an, oder nimm einen f-String.",
  "key.missing":
    "Das Dictionary hat keinen Schlüssel {key}.\nPrüfe, wie er geschrieben ist. `.get(…)` liefert `None` statt eines Fehlers, und `in` fragt, ob es einen Schlüssel gibt.",
  "key.similar":
    "Das Dictionary hat keinen Schlüssel {key}. Im Programm steht `{suggestion}`, das ähnlich aussieht.\nVergleiche beide Buchstabe für Buchstabe. Große und kleine Buchstaben zählen.",
  "key.spaces":
    "Der Schlüssel {key} hat am Anfang oder Ende Leerzeichen.\nEntferne sie mit `.strip()`.",
  "key.type":
    'Das Dictionary hat keinen Schlüssel {key}. Es hat einen, der so aussieht, aber von anderem Typ ist: `1` ist eine Zahl, `"1"` ein Text.\nMache mit `int(…)` oder `str(…)` aus dem einen den Typ des anderen.',
  "key.pop_empty":
    "Es ist leer, also lässt sich nichts daraus nehmen.\nFrage zuerst, ob noch etwas da ist.",
  "zero.division":
    "Das Programm teilt durch 0 (`{sign}`), und dafür gibt es kein Ergebnis.\nPrüfe den Wert rechts von `{sign}`: Wo wird er 0? Ein `if` kann diesen Fall abfangen.",
  "input.end":
    "Das Programm hat nach einer Eingabe gefragt, aber die Eingabe war zu Ende.\nStrg+D beendet sie. Beantworte jede Frage, oder prüfe, ob das Programm öfter fragt, als du erwartest.",
  "input.interrupt":
    "Das Programm wurde mit Strg+C beendet.\nWenn es nicht von selbst aufgehört hat, prüfe die Bedingung seiner Schleife.",
  "recursion.endless":
    "Die Funktion `{name}` ruft sich immer wieder selbst auf, ohne Ende.\nSchreibe einen Fall, in dem sie zurückkehrt, ohne sich selbst aufzurufen, und prüfe, ob jeder Aufruf ihm näher kommt.",
  "recursion.deep":
    "Zu viele Funktionen rufen einander auf, eine in der anderen.\nSuche einen Aufruf, der nie endet.",
  "assertion.failed":
    "Die Bedingung nach `assert` ist nicht wahr.\nPrüfe die Werte darin, zum Beispiel mit `print(…)`.",
  "assertion.message":
    "Die Bedingung nach `assert` ist nicht wahr. Das Programm sagt dazu: {message}\nPrüfe die Werte darin, zum Beispiel mit `print(…)`.",
  "raised.own":
    "Das Programm meldet diesen Fehler selbst mit `raise`: {message}\nPrüfe die Bedingung, die zu dieser Zeile führt.",
  "raised.silent":
    "Das Programm meldet den Fehler `{name}` selbst mit `raise`.\nPrüfe die Bedingung, die zu dieser Zeile führt.",
  "raised.not_implemented":
    "Dieser Teil des Programms ist noch nicht geschrieben.\nErsetze `raise NotImplementedError` durch das, was geschehen soll.",
  "loop.changed":
    "Die Schleife ändert das Dictionary oder die Menge, durch die sie geht.\nGehe durch eine Kopie: `for key in list(werte):`.",
  "stop.iteration":
    "`next(…)` wurde aufgerufen, aber es ist kein Wert mehr da.\nGib einen Wert für diesen Fall an: `next(werte, None)`.",
  "memory.full":
    "Das Programm braucht mehr Speicher, als es verwenden darf.\nSuche eine Liste oder einen Text, der ohne Ende wächst.",
  "group.several":
    "{count} Fehler sind zusammen aufgetreten. Der erste ist {name}: {message}\nPrüfe zuerst diesen.",
  "chain.before":
    "Er kam, während das Programm einen anderen Fehler behandelt hat: {name}.\nPrüfe auch diesen im Terminal.",
  "type.number":
    "Hier ist eine Zahl nötig, aber der Wert ist vom Typ `{type}`.\nMache mit `int(…)` oder `float(…)` aus einem Text eine Zahl. Nimm aus einer Liste zuerst einen Wert heraus.",
  "type.ord":
    "`ord(…)` nimmt ein einzelnes Zeichen, aber der Text hat {count}.\nNimm eines davon, zum Beispiel `ord(text[0])`.",
  "type.super": "`super` wird mit runden Klammern aufgerufen.\nSchreibe `super().…`.",
  "call.init_misspelt":
    "Die Klasse `{name}` hat kein `__init__`. Deshalb nimmt sie nichts zwischen ihren Klammern. Die Methode `{method}` in Zeile {line} sieht so aus.\nSchreibe `__init__`, mit zwei Unterstrichen auf jeder Seite.",
  "value.items":
    "Eine Schleife über ein Dictionary liefert nur dessen Schlüssel.\nSchreibe `{name}.items()`, um zu jedem Schlüssel den Wert zu bekommen.",
  "key.format":
    "Der Text hat geschweifte Klammern für `{key}`, aber `.format(…)` bekommt keinen Wert dieses Namens.\nPrüfe, wie er auf beiden Seiten geschrieben ist, oder verwende einen f-String.",
  "type.comma":
    "Vor runden Klammern steht ein Wert vom Typ `{type}`. Deshalb versucht Python, ihn als Funktion aufzurufen.\nSchreibe ein Komma zwischen die beiden Werte.",
  "type.decimal_comma":
    "`{name}` bekommt zwei Zahlen, weil ein Komma dazwischen steht. Python schreibt Dezimalzahlen mit einem Punkt.\nSchreibe `{better}`.",
  "type.call_missing":
    "`{name}` ist eine Funktion, und ohne runde Klammern wird sie nicht aufgerufen.\nSchreibe `{name}(…)`.",
  "type.await":
    "Eine Funktion mit `async` liefert ihr Ergebnis erst nach `await`.\nSchreibe `await` vor den Aufruf.",
  "type.input_split":
    "`{name}` ist eine Liste von Texten: `input()` liefert einen Text, auch wenn Ziffern getippt werden, und `.split()` zerlegt ihn in Texte.\nSchreibe `[int(x) for x in input().split()]` in Zeile {line}.",
  "type.input_append":
    "`{name}` ist eine Liste von Texten: Zeile {line} hängt an, was `input()` liefert, und das ist ein Text, auch wenn Ziffern getippt werden.\nSchreibe `{name}.append(int(input(…)))` in Zeile {line}.",
  "type.index_comma":
    "In diesen eckigen Klammern stehen mehrere Werte mit einem Komma dazwischen.\nSchreibe `feld[0][1]` statt `feld[0, 1]`. Wenn das zwei Listen sind, schreibe ein Komma zwischen sie.",
  "type.format":
    "Ein Wert vom Typ `{type}` lässt sich nicht in diesem Format zeigen.\nNimm zuerst einen einzelnen Wert heraus, oder entferne, was nach dem Doppelpunkt steht.",
  "type.str_returned":
    "`{name}` muss einen Text zurückgeben, gibt aber etwas anderes zurück.\nSchreibe ans Ende dieser Methode `return` und den Text statt `print(…)`.",
  "type.init_returned":
    "`__init__` bereitet ein Objekt vor und gibt nichts zurück.\nEntferne den Wert nach `return`.",
  "type.attribute_called":
    "`.{name}` ist ein Wert vom Typ `{type}` und keine Methode.\nSchreibe `.{name}` ohne runde Klammern.",
  "call.no_init":
    "Die Klasse `{name}` hat kein `__init__`. Deshalb nimmt sie nichts zwischen ihren Klammern.\nSchreibe `def __init__(self, …):` in die Klasse (Zeile {line}), oder `{name}()` ohne Werte.",
  "key.position":
    "Ein Dictionary hat keinen ersten oder zweiten Wert: In eckigen Klammern steht ein Schlüssel, und {key} ist keiner.\nSchreibe einen Schlüssel, oder für eine Position `list(….values())[{key}]`.",
};
