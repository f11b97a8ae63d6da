// size: one list of texts
import type { EN_SYNTAX } from "./syntax_en";

export const DE_SYNTAX: Readonly<Record<keyof typeof EN_SYNTAX, string>> = {
  "indent.tabs":
    "Diese Zeile ist mit Tabulatoren eingerückt, andere mit Leerzeichen. Python kann nicht erkennen, wie weit jede eingerückt ist.\nLösche, was vor dieser Zeile steht, und rücke sie mit denselben Tasten ein wie die Zeilen darüber.",
  "indent.dedent":
    "Diese Zeile ist weniger eingerückt als die darüber, aber in dieser Spalte beginnt kein Block.\nRücke Zeile {line} genau so weit ein wie die Zeilen, zu denen sie gehört.",
  "indent.expected":
    "Zeile {head} endet mit einem Doppelpunkt. Die Zeilen darunter gehören also zu ihr und müssen eingerückt sein.\nRücke Zeile {line} um 4 Leerzeichen ein. Wenn dort noch nichts geschehen soll, schreibe `pass`.",
  "indent.expected_here":
    "Nach einer Zeile, die mit einem Doppelpunkt endet, erwartet Python eine eingerückte Zeile.\nRücke Zeile {line} um 4 Leerzeichen ein. Wenn dort noch nichts geschehen soll, schreibe `pass`.",
  "indent.unexpected":
    "Diese Zeile ist weiter eingerückt als die darüber, obwohl dort kein Block beginnt.\nEntferne die Leerzeichen vor Zeile {line}, oder prüfe, ob der Zeile darüber ein Doppelpunkt fehlt.",
  "syntax.any":
    "Python kann diese Zeile nicht lesen: Ein Zeichen fehlt, ist zu viel oder steht an der falschen Stelle.\nVergleiche Zeile {line} Zeichen für Zeichen mit einem Beispiel. Wenn sie richtig aussieht, prüfe die Zeile darüber: Oft ist dort eine Klammer oder ein Anführungszeichen offen.",
  "syntax.colon":
    "Der Zeile, die mit `{word}` beginnt, fehlt am Ende ein Doppelpunkt.\nSchreibe `:` ans Ende von Zeile {line}.",
  "syntax.equals":
    "Ein einzelnes `=` gibt einer Variablen einen Wert. Eine Bedingung vergleicht und braucht `==`.\nSchreibe `==` statt `=`.",
  "syntax.assign_to":
    "Links von `=` steht keine Variable, also kann sie keinen Wert bekommen.\nSchreibe den Namen der Variablen nach links und den Wert nach rechts. Um zwei Werte zu vergleichen, schreibe `==`.",
  "syntax.assign_constant":
    "`{word}` ist ein fester Wert von Python und kann nicht geändert werden.\nWähle einen anderen Namen für deine Variable. Zum Vergleichen schreibe `==`.",
  "syntax.bracket_open":
    "Die Klammer `{open}` in Zeile {line} wird nie geschlossen. Deshalb hält Python die Zeilen darunter für einen Teil davon.\nSchreibe `{close}` dorthin, wo die Klammer enden soll.",
  "syntax.bracket_extra":
    "Die Klammer `{close}` schließt nichts: Davor wurde keine geöffnet.\nEntferne sie, oder prüfe, ob davor eine öffnende Klammer fehlt.",
  "syntax.bracket_mixed":
    "Die Klammer `{open}` wurde geöffnet, aber `{close}` schließt sie. Beide müssen von derselben Art sein.\nEs gibt die Klammern `( )`, `[ ]` und `{ }`. Ändere eine der beiden.",
  "syntax.string_open":
    "Der Text in Zeile {line} beginnt mit einem Anführungszeichen, aber am Ende steht keines.\nSchreibe dasselbe Anführungszeichen ans Ende des Textes.",
  "syntax.string_quote":
    "Der Apostroph im Text beendet ihn zu früh.\nSetze den Text in doppelte Anführungszeichen: `\"Wie geht's?\"`. Oder schreibe `\\'` für den Apostroph.",
  "syntax.triple_open":
    "Der Text, der in Zeile {line} mit drei Anführungszeichen beginnt, hat kein Ende.\nSchreibe drei Anführungszeichen dorthin, wo der Text enden soll. Für einen Text in einer Zeile genügt eines auf jeder Seite.",
  "syntax.print":
    "`{name}` ist eine Funktion und braucht runde Klammern um das, was sie bekommt.\nSchreibe `{name}(…)`.",
  "syntax.comma":
    "In diesen Klammern stehen zwei Werte nebeneinander, ohne Komma dazwischen.\nSchreibe ein Komma (oder einen Operator wie `+`) zwischen `{before}` und `{after}`.",
  "syntax.side_by_side":
    "`{before}` und `{after}` stehen nebeneinander, und Python weiß nicht, was sie verbindet.\nSchreibe einen Operator wie `+` oder `*` dazwischen. Wenn die Zeile Text ist, setze sie in Anführungszeichen.",
  "syntax.incomplete":
    "Die Zeile endet mit `{last}`, und danach muss noch etwas kommen.\nVervollständige die Zeile, oder entferne `{last}`.",
  "syntax.else_if":
    "In Python ist „else if“ ein einziges Wort: `elif`.\nSchreibe `elif` und die Bedingung, mit einem Doppelpunkt am Ende.",
  "syntax.elif_late":
    "Ein `elif` kann nicht nach dem `else` kommen.\nVerschiebe den `else`-Block ans Ende.",
  "syntax.alone":
    "Dieses `{word}` gehört zu keinem Block darüber.\nEs muss so weit eingerückt sein wie das `if`, `for` oder `try`, zu dem es gehört, und direkt auf dessen Block folgen.",
  "syntax.try_alone":
    "Ein `try` braucht ein `except` oder `finally`, das sagt, was nach einem Fehler geschieht.\nSchreibe `except ValueError:` (oder einen anderen Fehler) unter den Block des `try` in Zeile {line}, so weit eingerückt wie das `try`.",
  "syntax.keyword":
    "`{word}` ist ein Wort von Python selbst und kann kein Name sein.\nWähle einen anderen Namen, zum Beispiel `{word}_`.",
  "syntax.word":
    "Python kennt das Wort `{word}` an dieser Stelle nicht.\nMeintest du `{suggestion}`?",
  "syntax.foreign":
    "Mit `{word}` beginnt eine Zeile in anderen Sprachen, aber nicht in Python.\nIn Python entsteht eine Variable durch `name = wert`, eine Funktion durch `def name():` und eine Schleife durch `for i in range(10):` oder `while`.",
  "syntax.increment": "Python hat kein `{sign}`.\nSchreibe `{short}`.",
  "syntax.and_or":
    "Python schreibt diesen Operator als Wort: `{word}`.\nSchreibe `{word}` statt `{sign}`.",
  "syntax.not": "Python schreibt „nicht“ als Wort.\nSchreibe `not` statt `!`. „Ungleich“ ist `!=`.",
  "syntax.comparison": "`{wrong}` ist kein Operator von Python.\nSchreibe `{right}`.",
  "syntax.number":
    "`{name}` beginnt mit einer Ziffer. Das dürfen Namen nicht, und eine Zahl endet, wo Buchstaben beginnen.\nLass den Namen mit einem Buchstaben beginnen. Zum Malnehmen schreibe `*`.",
  "syntax.number_odd":
    "Python kann in dieser Zeile eine Zahl nicht lesen.\nZahlen bestehen aus Ziffern und einem Dezimalpunkt, wie `3.5`, ohne Einheiten und Buchstaben.",
  "syntax.leading_zero":
    'Eine ganze Zahl kann nicht mit 0 beginnen.\nEntferne die Nullen davor. Wenn sie wichtig sind, wie in einer Postleitzahl, mache einen Text daraus: `"007"`.',
  "syntax.quotes":
    "`{character}` ist ein typografisches Anführungszeichen, wie es Textprogramme schreiben. Python kennt nur die geraden.\nErsetze es durch `\"` oder `'`.",
  "syntax.unseen":
    "In der Zeile steht ein Zeichen, das man nicht sieht ({code}). Oft kommt es mit kopiertem Text.\nLösche die Leerzeichen in dieser Zeile, und tippe sie neu.",
  "syntax.character":
    "Python kennt das Zeichen `{character}` an dieser Stelle nicht.\nErsetze es. Ein Text mit solchen Zeichen muss in Anführungszeichen stehen.",
  "syntax.unicode_escape":
    'In einem Text beginnt mit `\\` ein besonderes Zeichen, und `\\U` und `\\x` brauchen eine Zahl. In Pfaden von Windows stehen sie zufällig.\nSchreibe ein `r` vor den Text, wie in `r"C:\\Users"`, oder `/` statt `\\`.',
  "syntax.continuation":
    "Nach einem `\\` an dieser Stelle muss die Zeile enden.\nEntferne das `\\` oder das, was danach kommt. Zum Teilen schreibe `/`.",
  "syntax.return":
    "`return` beendet eine Funktion, aber hier ist keine.\nRücke die Zeile ein, wenn sie zu einer Funktion darüber gehört. Um einen Wert zu zeigen, nimm `print(…)`.",
  "syntax.loop_only":
    "`{word}` ist nur in einer Schleife möglich.\nRücke die Zeile ein, wenn sie zu einem `for` oder `while` darüber gehört.",
  "syntax.function_only":
    "`{word}` ist nur in einer Funktion möglich.\nRücke die Zeile ein, wenn sie zu einer Funktion darüber gehört.",
  "syntax.import_from":
    "Die beiden Teile dieses Imports stehen in der falschen Reihenfolge.\nSchreibe `from modul import name`.",
  "syntax.def_brackets":
    "Eine Funktion braucht Klammern nach ihrem Namen, auch wenn sie nichts bekommt.\nSchreibe `def {name}():`.",
  "syntax.default_order":
    "Ein Parameter ohne eigenen Wert steht nach einem, der einen hat (`name=wert`).\nSetze die Parameter mit `=` ans Ende.",
  "syntax.argument_order":
    "Nach einem Argument mit Namen (`name=wert`) kann keines ohne Namen kommen.\nSetze die Argumente mit Namen ans Ende.",
  "syntax.argument_twice": "Der Name `{name}` kommt zweimal vor.\nBehalte nur einen der beiden.",
  "syntax.global_late":
    "`global {name}` kommt erst, nachdem die Funktion `{name}` verwendet hat.\nSchreibe es als erste Zeile der Funktion.",
  "syntax.global_parameter":
    "`{name}` ist ein Parameter dieser Funktion und kann nicht zugleich `global` sein.\nGib einem der beiden einen anderen Namen.",
  "syntax.evaluated":
    "Das Programm hat Python einen Text als Code gegeben, zum Beispiel mit `eval(…)`, und der Text ist kein gültiger Code.\nPrüfe diesen Text, zum Beispiel mit `print(…)`. Um getippte Ziffern in eine Zahl zu verwandeln, nimm `int(…)`.",
  "syntax.fstring":
    "Python kann nicht lesen, was in diesem Text zwischen `{` und `}` steht.\nJedes `{` braucht ein `}` und einen Wert dazwischen. Nimm in den geschweiften Klammern andere Anführungszeichen als um den Text.",
  "syntax.half_comparison":
    "`{word}` verbindet zwei vollständige Vergleiche, und vor `{sign}` steht nichts.\nSchreibe `{name}` noch einmal davor: `… {word} {name} {sign} …`.",
  "syntax.else_condition":
    "`else` hat keine Bedingung: Es läuft, wenn keine davor wahr war.\nSchreibe `elif` statt `else`, um nach einer weiteren Bedingung zu fragen.",
  "syntax.condition_missing":
    "`{word}` braucht eine Bedingung vor dem Doppelpunkt.\nSchreibe eine, zum Beispiel `{word} number > 5:`.",
  "syntax.one_line":
    "In dieser Zeile steht schon ein Block. Deshalb kann darin kein `{word}` folgen.\nGib jedem Teil eine eigene Zeile, und rücke ein, was dazugehört, um 4 Leerzeichen ein.",
  "syntax.else_missing":
    "Ein `if` in einem Wert sagt, welcher es ist, und braucht ein `else` für den anderen Fall.\nSchreibe `… if … else …`, oder setze `if …:` in eine eigene Zeile darüber.",
  "syntax.braces_equals":
    "In geschweiften Klammern steht ein Doppelpunkt zwischen Schlüssel und Wert.\nSchreibe `:` statt `=`.",
  "syntax.global_value":
    "`{word} {name}` sagt, welche Variable gemeint ist, und kann ihr nicht zugleich einen Wert geben.\nSchreibe nur `{word} {name}`, und `{name} = …` in die Zeile darunter.",
  "syntax.lambda_return":
    "Ein `lambda` braucht kein `return`: Was nach seinem Doppelpunkt steht, ist das Ergebnis.\nEntferne `return`, oder schreibe eine Funktion mit `def`.",
  "syntax.operators":
    "Zwischen `{before}` und `{after}` steht kein Wert.\nEntferne eines von beiden, oder schreibe den Wert dazwischen.",
  "syntax.quote_inside":
    'Das Anführungszeichen im Text beendet ihn zu früh.\nSetze den Text in einfache Anführungszeichen: `\'Sie sagte "ja"\'`. Oder schreibe darin `\\"`.',
  "syntax.def_parameters":
    "Die Parameter einer Funktion stehen in runden Klammern nach ihrem Namen.\nSchreibe `def {name}(…):`.",
  "syntax.prompt":
    "`>>>` schreibt Pythons Konsole vor eine Zeile. Zum Programm gehört es nicht.\nEntferne es, und die Zeilen mit Ergebnissen, die mitkopiert wurden.",
  "syntax.fence":
    "Diese Zeile kennzeichnet Code in einem Text und gehört nicht zum Programm.\nLösche sie.",
  "syntax.shell":
    "`{word} …` ist ein Befehl für eine Befehlszeile und nicht für Python.\nEntferne die Zeile. Die Seite „Pakete“ nennt, was sich hier importieren lässt.",
  "syntax.assign_inside":
    "In runden Klammern kann keine Variable einen Wert bekommen.\nGib ihn ihr in einer eigenen Zeile darüber. Um zwei Werte zu vergleichen, schreibe `==`.",
  "syntax.semicolon":
    "In Klammern steht ein Semikolon, wo Kommas die Werte trennen.\nSchreibe `,` statt `;`.",
  "syntax.colon_extra":
    "Nur eine Zeile, die einen Block beginnt, wie `if`, `for` oder `def`, endet mit einem Doppelpunkt.\nEntferne den Doppelpunkt am Ende.",
  "syntax.lookalike":
    "Python kennt das Zeichen `{character}` hier nicht. Textprogramme und manche Tastaturen schreiben es anstelle des richtigen.\nSchreibe stattdessen `{instead}`.",
  "syntax.hyphen":
    "Ein Name kann keinen Bindestrich haben: `-` zieht ab, also ist `{wrong}` eine Rechnung.\nSchreibe `{name}`.",
  "syntax.name_space": "Ein Name kann keine Leerzeichen haben.\nSchreibe `{name}` statt `{wrong}`.",
  "syntax.for_in":
    "Ein `for` braucht das Wort `in` und etwas, das es durchgeht.\nSchreibe `for name in namen:`, oder zum Zählen `for i in range(10):`.",
  "syntax.then":
    "In Python folgt auf `{word}` kein `{extra}`: Der Block beginnt mit einem Doppelpunkt.\nEntferne `{extra}`.",
  "syntax.comment":
    "In Python teilt `//` und ist kein Kommentar.\nEin Kommentar beginnt mit `#`: Schreibe es vor den Text.",
  "syntax.walrus":
    "`:=` gibt einer Variablen nur in einer Bedingung oder in Klammern einen Wert.\nSchreibe `=` statt `:=`.",
  "syntax.is_compare":
    "`is` und `{sign}` können nicht nebeneinander stehen.\nUm zwei Werte zu vergleichen, schreibe `{sign}` ohne `is`.",
  "syntax.question":
    "Python hat kein `?`.\nUm einen von zwei Werten zu wählen, schreibe `a if bedingung else b`. Ein Text mit `?` muss in Anführungszeichen stehen.",
  "syntax.import_quotes":
    "Der Name eines Moduls steht ohne Anführungszeichen.\nEntferne die Anführungszeichen.",
  "syntax.import_hyphen":
    "Der Name eines Moduls kann keinen Bindestrich haben.\nWenn es eine Datei von dir ist, benenne sie mit `_` um, und schreibe hier dasselbe.",
  "syntax.except_comma":
    "Mehrere Fehler nach `except` stehen in runden Klammern: `except (ValueError, TypeError):`.\nUm den Fehler in einer Variablen zu haben, schreibe `except ValueError as fehler:`.",
  "syntax.match_name":
    "Ein `case`, in dem nur ein Name oder `_` steht, passt auf jeden Wert. Deshalb wird kein `case` darunter erreicht.\nVerschiebe es ans Ende. Um mit einem Text zu vergleichen, setze ihn in Anführungszeichen.",
  "syntax.nested":
    "Zu viele Klammern oder Blöcke sind ineinander geöffnet.\nTeile die Zeile auf, oder verschiebe einen Teil in eine Funktion.",
};
