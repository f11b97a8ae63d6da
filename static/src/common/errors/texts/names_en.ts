// size: one list of texts
/** What errors with names, attributes, modules and files mean, and what to look at. */
export const EN_NAMES = {
  "card.title": "in {path}, line {line}",
  "card.go": "Go to line {line}",
  "card.off": "Do not explain errors",
  "card.off_done": "Errors are not explained any more. The settings turn it on again.",
  "card.close": "Close the explanation",
  "name.similar":
    "The program has no `{name}`, but it has `{suggestion}`.\nLook at how the name is spelt. It must be the same everywhere.",
  "name.case":
    "Python tells capital from small letters: `{name}` is not `{suggestion}`.\nWrite `{suggestion}`.",
  "name.constant": "`{name}` is written in another way in Python.\nWrite `{constant}`.",
  "name.import":
    "`{name}` is one of Python's modules, and has to be imported before it is used.\nWrite `import {name}` in the first line.",
  "name.from_module":
    "`{name}` belongs to the module `{module}`, which is imported as a whole.\nWrite `{module}.{name}`, or import it by `from {module} import {name}`.",
  "name.in_module":
    "`{name}` belongs to the module `{module}`, which is not imported.\nWrite `from {module} import {name}` in the first line.",
  "name.self":
    "`{name}` belongs to the object. A method reaches it only through `self`.\nWrite `self.{name}`.",
  "name.later":
    "`{name}` is made in line {line}, but is used before that line has run.\nMove line {line} above the place where `{name}` is used.",
  "name.not_reached":
    "`{name}` gets its value in line {line}, but that line has not run this time.\nGive `{name}` a value before the `if`, loop or `try` around line {line}.",
  "name.elsewhere":
    "`{name}` exists only within the function `{function}` (line {line}). Outside, nobody knows it.\nReturn the value by `return {name}`, and keep it where the function is called.",
  "name.quotes":
    'Python takes `{name}` for the name of a variable, and there is none.\nIf it is a text, put it in quotation marks: `"{name}"`. Else give `{name}` a value first.',
  "name.function":
    "There is no function `{name}`.\nLook at how it is spelt, whether it is defined above by `def {name}(…):`, or whether an import is missing.",
  "name.unknown":
    "`{name}` has no value yet.\nLook at how it is spelt, and whether a line above gives it a value with `{name} = …`.",
  "name.unbound":
    "The function `{function}` gives `{name}` a value, so `{name}` is its own variable there, not the one outside. It has no value yet at this line.\nPass the value as a parameter and return the new one. Or write `global {name}` as the first line of the function.",
  "name.unbound_local":
    "The function `{function}` uses `{name}` before it gives it a value.\nGive `{name}` a value above this line.",
  "name.branch":
    "`{name}` gets a value only in line {line}, and that line has not run this time.\nGive `{name}` a value before the `if`, loop or `try`, or in an `else`.",
  "attribute.none":
    "What stands in front of `.{name}` is `None`: it has no value.\nIt often comes from a function without `return`, or from a method that changes a list and returns nothing.",
  "attribute.length":
    "A `{type}` has no `.{name}`. Its length is given by a function.\nWrite `len(…)`.",
  "attribute.known": "A `{type}` has no `.{name}` in Python.\nUse this in its place: `{instead}`.",
  "attribute.similar":
    "A `{type}` has no `.{name}`, but it has `.{suggestion}`.\nLook at how it is spelt.",
  "attribute.of_type":
    "A `{type}` has no `.{name}`.\nLook whether the variable holds what you expect: `print(type(…))` shows it.",
  "attribute.unknown":
    "`{type}` has no `.{name}`.\nLook at how it is spelt, and whether `__init__` gives it a value with `self.{name} = …`.",
  "none.value":
    "One of the values is `None`: no value.\nIt often comes from a function without `return`, or from a method that changes a list and returns nothing. Look where the variables of this line get their values.",
  "none.method":
    "`{name}` is `None` since line {line}: `.{what}(…)` changes the value itself and returns nothing.\nCall `.{what}(…)` in a line of its own, without `{name} =` in front.",
  "none.print":
    "`{name}` is `None` since line {line}: `print(…)` shows a value and returns nothing.\nGive `{name}` the value itself, and print it in a line of its own.",
  "none.function":
    "`{name}` is `None`: the function `{what}` returns nothing.\nWrite `return` and the result at the end of `{what}` (line {line}).",
  "module.missing":
    "Python finds no module `{name}`: it is not one of its own, not installed on this site, and no file of your program is called `{name}.py`.\nLook at how it is spelt. If it is a file of yours, add it to the program. The page “Packages” lists what is installed.",
  "module.similar":
    "There is no module `{name}`, but there is `{suggestion}`.\nLook at how it is spelt.",
  "module.own_similar":
    "There is no module `{name}`, but your program has the file `{suggestion}.py`.\nWrite `import {suggestion}`, or rename the file. Capital letters count.",
  "module.part":
    "The module `{module}` is there, but it has no part `{name}`.\nLook at how it is spelt.",
  "module.no_package":
    "`{module}` is a single module, and has no modules in it.\nImport `{module}` itself.",
  "module.shadowed":
    "Your file `{path}` has the name of Python's own module `{module}`, and is imported in its place.\nRename your file.",
  "module.circular":
    "`{module}` is not loaded completely yet: two files import each other.\nMove what both need into a third file. If one of your files has the name of a module of Python, rename it.",
  "module.no_name":
    "The module `{module}` has no `{name}`.\nLook at how it is spelt, and in which module it is.",
  "module.name_similar":
    "The module `{module}` has no `{name}`, but it has `{suggestion}`.\nLook at how it is spelt.",
  "module.windows":
    "The module `{name}` exists only in Windows. Programs here run on Linux.\nLook for a way that does without it.",
  "module.window":
    "`{name}` opens windows, and this run had a terminal only.\nUse `input()` and `print()`. If this site can show windows, the options of Run turn them on.",
  "import.name":
    "The module `{module}` has no `{name}`.\nLook at how it is spelt, and in which module it is.",
  "import.similar":
    "Your file `{module}.py` has no `{name}`, but it has `{suggestion}`.\nLook at how it is spelt.",
  "import.own_name":
    "Your file `{path}` defines no `{name}`.\nLook at how it is spelt in both files.",
  "import.other_module":
    "`{name}` is not in the module `{module}`, but in `{home}`.\nWrite `from {home} import {name}`.",
  "import.relative":
    "An import with a dot works only within a package.\nWrite the import without the dot: `import name`.",
  "file.missing":
    "There is no file `{path}` in the folder of the program.\nLook at how it is spelt. Add the file to your program, or let the program write it first.",
  "file.similar":
    "There is no file `{path}`, but there is `{suggestion}`.\nLook at how it is spelt. Capital letters and folders count.",
  "file.windows":
    "`{path}` is a place on a computer with Windows. The program runs on another computer, and cannot reach your files.\nAdd the file to your program, and open it by its name alone.",
  "file.folder": "`{path}` is a folder, not a file.\nName a file in it.",
  "file.no_folder": "A part of `{path}` is a file, and not a folder.\nLook at the path.",
  "file.exists": "`{path}` exists already.\nChoose another name, or remove it first.",
  "file.permission":
    "The program may not open `{path}`. It may write only into its own folder.\nUse a name without a folder.",
  "file.no_space":
    "There is no room left for files of this program.\nWrite less, or remove files that are not needed any more.",
  "file.encoding":
    'A text has a character that the chosen encoding cannot hold.\nOpen files with `encoding="utf-8"`.',
  "network.none":
    "The program wants to use the internet, and programs here have none.\nAdd the data as a file to your program.",
  "name.python_2": "`{name}` belongs to Python 2, which is out of date.\nWrite `{instead}`.",
  "name.assign":
    "`==` compares, and `{name}` has no value yet that could be compared.\nTo give it one, write a single `=`.",
  "attribute.function":
    "`{object}` is a function, and `.{name}` belongs to what it returns.\nCall it with round brackets first: `{object}(…).{name}`.",
  "attribute.key":
    '`{name}` is a key of the dictionary, and keys are reached by square brackets.\nWrite `["{name}"]` in place of `.{name}`.',
  "module.inner":
    "`{name}` is not in the module `{module}` itself, but in its class `{inner}`.\nWrite `{module}.{inner}.{name}(…)`, or import the class by `from {module} import {inner}`.",
  "attribute.self_missing":
    "`__init__` gives `{name}` to a variable of its own, and not to the object.\nWrite `self.{name} = …` in line {line}.",
  "name.first_value":
    "This line uses `{name}`, but nothing has given it a first value.\nGive it one above, in front of the loop if there is one: for example `{name} = 0`.",
  "name.self_unknown":
    "`self` exists only in a method that has it as its first parameter.\nIn a method, write `self` as the first thing between its brackets. Outside of the class, write the variable that holds the object.",
  "name.foreign": "`{name}` belongs to another language.\nIn Python, write `{instead}`.",
  "attribute.of_class":
    "`{type}` is the class itself. Only its objects have `.{name}`.\nMake an object first, with round brackets after the name of the class: `{type}(…)`.",
  "attribute.outside":
    "`{type}` has no `.{name}`: the function `{name}` in line {line} stands outside of the class.\nIndent it, so that it belongs to the class.",
  "attribute.super_missing":
    "`{type}` has an `__init__` of its own, so that of `{parent}` does not run, and nothing gives `.{name}` a value.\nWrite `super().__init__(…)` as the first line of `__init__` (line {line}).",
  "module.extension": "The name of a module has no `.py` at its end.\nWrite `import {module}`.",
  "name.alias":
    "Line {line} imports `{name}` under the name `{alias}`.\nWrite `{alias}` in place of `{name}`.",
  "name.parts":
    "Line {line} imports parts of `{name}`, and not `{name}` itself.\nLeave out `{name}.` in front of these parts, or write `import {name}` in line {line}.",
  "attribute.imported":
    "Line {line} imports `{object}` out of the module `{object}`, so this name is not the module here.\nWrite `import {object}` in line {line}, or leave out `{object}.` here.",
} as const;
