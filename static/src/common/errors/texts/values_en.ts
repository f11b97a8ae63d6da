// size: one list of texts
/** What errors with types, values and calls mean, and what to look at. */
export const EN_VALUES = {
  "type.str_plus":
    '`+` joins a text with another text only. Here the other value is of type `{type}`.\nTurn it into a text with `str(…)`, or write `print(a, b)` or `f"… {value}"`.',
  "type.number_plus":
    "`+` adds two numbers. Here the other value is a text.\nTurn the text into a number with `int(…)` or `float(…)`.",
  "type.input_number":
    "`{name}` is a text: `input()` gives a text, also when digits are typed.\nWrite `int(input(…))` in line {line}, or `float(…)` for a number with a decimal point.",
  "type.list_plus":
    "`+` joins a `{to}` with another `{to}` only. Here the other value is of type `{type}`.\nTo add one value to a list, use `.append(…)`.",
  "type.operands":
    "`{sign}` does not work with a `{left}` and a `{right}`.\nLook at both values. `print(type(…))` shows of which type each one is.",
  "type.power": "`^` is not “to the power of” in Python.\nWrite `**`.",
  "type.compare":
    "`{sign}` cannot compare a `{left}` with a `{right}`.\nTurn one of the two into the type of the other, such as `int(…)` for a text of digits.",
  "type.unary":
    "A `{type}` can have no `{sign}` in front.\nTurn it into a number with `int(…)` or `float(…)` first.",
  "type.multiply":
    "A text or list can be repeated a whole number of times, but the other value is of type `{type}`.\nTurn a text of digits into a number with `int(…)`.",
  "type.not_callable":
    "The round brackets call a function, but what stands in front of them is a `{type}`.\nLook whether a variable has the name of a function, or a comma or an operator is missing.",
  "type.number_called":
    "A number stands in front of round brackets, so Python tries to call it as a function.\nTo multiply, write `*` in between.",
  "type.call_brackets":
    "`{name}` is a `{type}`. Its parts are reached by square brackets; round ones call a function.\nWrite `{name}[…]`.",
  "type.overwritten":
    "Line {line} gives the name `{name}` another value. So Python's own function `{name}` cannot be called any more.\nGive the variable another name.",
  "type.module_called":
    "`{name}` is a module, not a function.\nName the function in it, such as `{name}.{name}(…)`.",
  "type.none_called":
    "What stands in front of the round brackets is `None`: it has no value.\nLook where it gets its value.",
  "type.not_iterable":
    "A `{type}` is one value. It has no parts that could be taken one by one.\nUse a list, a text or `range(…)`.",
  "type.loop_over_int":
    "`{name}` is a number, and a loop needs several values.\nWrite `range({name})` to count up to it.",
  "type.no_in":
    "`in` looks for something in a list, text or dictionary, but a `{type}` stands on its right.\nLook at the value on the right of `in`.",
  "type.unpack":
    "Several variables stand on the left of `=`, but the value on the right is a single `{type}`.\nGive as many values as there are variables, or use one variable.",
  "type.none_indexed":
    "What stands in front of the square brackets is `None`: it has no value.\nIt often comes from a function without `return`, or from a method such as `.sort()` that returns nothing.",
  "type.square_brackets":
    "A function is called with round brackets.\nWrite `(…)` in place of `[…]`.",
  "type.no_index":
    "A `{type}` has no parts, so nothing can be taken from it by `[…]`.\nLook whether the variable holds what you expect: `print(type(…))` shows it.",
  "type.unchangeable":
    'A `{type}` cannot be changed in parts.\nMake a new one, such as `word = word[:1] + "e" + word[2:]`, or use a list.',
  "type.index":
    "Between the square brackets after a list or text must be a whole number, but it is of type `{type}`.\nTurn it into a number with `int(…)`. To look something up by a name, use a dictionary.",
  "type.no_len":
    "A `{type}` has no length. `len(…)` counts the parts of a text, list or dictionary.\nTo count the digits of a number, write `len(str(…))`.",
  "type.unhashable":
    "A `{type}` can change, so it can be no key of a dictionary and no part of a set.\nUse a tuple `(…)` or a text as the key.",
  "type.to_number":
    "`{name}(…)` makes a number of a text or of another number, but it got a `{type}`.\nTake one value out of it first, such as `{name}(values[0])`.",
  "type.as_int":
    "A whole number is needed here, but the value is of type `{type}`.\nTurn it into one with `int(…)`. To divide without a rest, write `//`.",
  "type.percent":
    'The number of values after `%` does not fit the text in front of it, or the value in front of `%` is a text and no number.\nUse an f-string such as `f"{name}"`. To calculate a rest, turn the text into a number with `int(…)`.',
  "type.join":
    '`.join(…)` joins texts only, and one of the parts is of type `{type}`.\nTurn the parts into texts first: `", ".join(str(x) for x in values)`.',
  "type.raise":
    'After `raise` must stand an error, such as `ValueError("…")`.\nWrite `raise ValueError("what is wrong")`.',
  "type.except":
    "After `except` must stand the name of an error.\nWrite for example `except ValueError:`.",
  "type.with":
    "`with` needs something that can be closed, such as an opened file, and a `{type}` is nothing of that kind.\nWrite `with open(…) as file:`.",
  "type.path":
    "The name of a file must be a text, but it is of type `{type}`.\nLook where the name comes from.",
  "type.write":
    "`.write(…)` writes texts only, and the value is of type `{type}`.\nTurn it into a text with `str(…)`.",
  "type.json":
    "JSON has no values of type `{type}`.\nTurn it into a list, dictionary, text or number first.",
  "type.abstract":
    "The class `{name}` has methods that are not written yet, so no object of it can be made.\nWrite these methods in a class of your own, or make an object of such a class.",
  "call.missing":
    "`{name}` in line {line} needs more than it gets: a value is missing for {names}.\nGive `{name}(…)` a value for each of its parameters.",
  "call.missing_init":
    "To make a `{name}`, a value is missing for {names}.\nCompare the brackets after `{name}` with those of `__init__`.",
  "call.few":
    "`{name}` needs more values than it gets.\nWrite what is missing between its round brackets.",
  "call.too_many":
    "`{name}` in line {line} takes {takes} values, but it is called with {given}.\nRemove the others, or add a parameter in line {line}.",
  "call.many":
    "`{name}` takes {takes} values at most, but it is called with {given}.\nRemove the others. Several values together are a list: put square brackets around them.",
  "call.none": "`{name}` takes nothing between its brackets.\nWrite `{name}()`.",
  "call.self":
    "A method gets its object as the first argument, and the method `{name}` in line {line} has no place for it.\nWrite `self` as its first parameter.",
  "call.no_object":
    "The method `{name}` was called on the class itself, and not on an object of it.\nMake an object first, with round brackets after the name of the class.",
  "call.keyword": "`{name}` has no parameter `{argument}`.\nLook at how it is spelt.",
  "call.twice":
    "The parameter `{argument}` of `{name}` gets two values.\nGive it once, by its place or by its name.",
  "call.input":
    '`input(…)` takes one text only: the question.\nJoin the parts to one text, such as `input(f"Age of {name}? ")`.',
  "value.int":
    "`{text}` was typed, and that is no whole number.\nType digits only. The program can ask again, if it checks with `.isdigit()` or catches the error with `try` and `except ValueError`.",
  "value.int_text":
    "`int(…)` turns digits into a number, and `{text}` is no whole number.\nLook where the text comes from.",
  "value.int_decimal":
    "`{text}` is a number with a decimal point, and `int(…)` reads whole numbers only.\nWrite `float(…)`.",
  "value.int_comma":
    "`{text}` has a comma, and `int(…)` reads whole numbers only.\nWrite `float(…)`, and a point in place of the comma.",
  "value.number_empty":
    "The text is empty, so `{function}(…)` finds no number in it.\nLook whether something was typed before Enter was pressed.",
  "value.float":
    "`{text}` was typed, and that is no number.\nType digits, and a point for decimals. The program can ask again, if it catches the error with `try` and `except ValueError`.",
  "value.float_text":
    "`float(…)` turns digits into a number, and `{text}` is none.\nLook where the text comes from.",
  "value.float_comma":
    '`{text}` has a comma. Python writes decimals with a point.\nType a point, or write `float(text.replace(",", "."))`.',
  "value.unpack_many":
    "There are {wanted} variables on the left, and more values on the right.\nTake as many variables as there are values.",
  "value.unpack_few":
    "There are {wanted} variables on the left, but only {got} values on the right.\nTake as many variables as there are values.",
  "value.unpack_loop":
    "The loop has two variables, and the parts have another number of values.\nFor position and value, write `enumerate(…)`; for key and value of a dictionary, `.items()`.",
  "value.unpack_split":
    "`.split(…)` gave {got} parts, but there are {wanted} variables.\nLook at what was typed or read, and at what separates the parts.",
  "value.not_in_list":
    "The value that is to be removed or found is not in the list.\nAsk with `if value in values:` first.",
  "value.substring":
    "The text that is looked for does not occur.\nUse `.find(…)`, which gives -1 then, or ask with `in` first.",
  "value.math":
    "There is no result for this number: for example, no root of a negative number and no logarithm of 0.\nLook at the value, for example with `print(…)`.",
  "value.empty":
    "The list is empty, so it has no largest, smallest or mean value.\nAsk with `if values:` first.",
  "value.empty_range":
    "The first number is larger than the last one, so there is nothing to choose from.\nWrite the smaller number first.",
  "value.closed":
    "The file is closed already.\nIndent the line, so that it belongs to the block of `with open(…)`.",
  "value.file_mode":
    'The file was opened only for reading, or only for writing.\nWrite `"r"` to read, `"w"` to write, `"a"` to add: `open(name, "w")`.',
  "value.open_mode":
    '`open(…)` does not know this mode.\nWrite `"r"` to read, `"w"` to write, or `"a"` to add.',
  "value.format":
    "The format `{code}` is for numbers, but the value is of type `{type}`.\nTurn it into a number, or remove `:{code}`.",
  "value.format_text":
    "Python cannot read what stands between the curly brackets of this text.\nA format looks like `{price:.2f}`. A curly bracket as text is written twice.",
  "value.time": "The date or time does not look like the given format.\nCompare both sign by sign.",
  "value.date": "There is no such date or time.\nLook at day, month and year, and at their order.",
  "value.character": "There is no character with this number.\nLook at the number.",
  "value.step": "A step of 0 would never end.\nUse another step.",
  "value.slice": "The two sides have different numbers of values.\nLook at the length of both.",
  "value.sample":
    "More values are to be drawn than there are.\nDraw fewer, or use `random.choices(…)`, which may take a value twice.",
  "value.json":
    "The text is no JSON: at the place that the error names, a sign is wrong or missing.\nNames and texts need double quotation marks in JSON, and nothing may follow the last comma.",
  "value.digits":
    "The number has too many digits to be shown.\nLook whether it was to become so large.",
  "value.negative":
    "The number is negative, and must not be here.\nLook at the value, for example with `print(…)`.",
  "value.pairs":
    "A dictionary is made of pairs, and a part has another number of values.\nGive a key and a value each.",
  "value.overflow":
    "The result is too large for a decimal number.\nLook at the values, for example with `print(…)`.",
  "index.list":
    "The list or tuple has no such position. The first one is 0, the last one is its length minus 1.\nCompare the position with `len(…)`. The last value is `[-1]`.",
  "index.list_loop":
    "The loop counts further than the list is long. The first position is 0, the last one is its length minus 1.\nWrite `for i in range(len(values)):`, or go through the values themselves: `for value in values:`.",
  "index.assign":
    "The list has no such position yet, so nothing can be put there.\nAdd a value at the end with `.append(…)`.",
  "index.string":
    "The text has no such position. The first one is 0, the last one is its length minus 1.\nCompare the position with `len(…)`. An empty text has none.",
  "index.pop_empty":
    "The list is empty, so nothing can be taken from it.\nAsk with `if values:` first.",
  "index.choice":
    "The list is empty, so nothing can be chosen from it.\nLook whether it was filled.",
  "index.argv":
    "The program was started without arguments, so `sys.argv` holds only its name.\nGive arguments in the options of Run, or ask with `input()`.",
  "index.format":
    "The text has more curly brackets than values follow.\nGive a value for each, or use an f-string.",
  "key.missing":
    "The dictionary has no key {key}.\nLook at how it is spelt. `.get(…)` gives `None` in place of an error, and `in` asks whether a key is there.",
  "key.similar":
    "The dictionary has no key {key}. The program has `{suggestion}`, which is alike.\nCompare both letter by letter. Capital letters count.",
  "key.spaces": "The key {key} has spaces at its beginning or end.\nRemove them with `.strip()`.",
  "key.type":
    'The dictionary has no key {key}. It has one that looks like it, but of another type: `1` is a number, `"1"` a text.\nTurn one into the type of the other with `int(…)` or `str(…)`.',
  "key.pop_empty":
    "It is empty, so nothing can be taken from it.\nAsk whether something is left first.",
  "zero.division":
    "The program divides by 0 (`{sign}`), and there is no result.\nLook at the value on the right of `{sign}`: where does it become 0? An `if` can handle that case.",
  "input.end":
    "The program asked for input, but the input had ended.\nCtrl+D ends it. Answer each question, or look whether the program asks more often than you expect.",
  "input.interrupt":
    "The program was stopped with Ctrl+C.\nIf it did not end by itself, look at the condition of its loop.",
  "recursion.endless":
    "The function `{name}` calls itself again and again, without an end.\nWrite a case in which it returns without calling itself, and look whether each call comes closer to it.",
  "recursion.deep":
    "Functions call each other too often, one within the other.\nLook for a call that never ends.",
  "assertion.failed":
    "The condition after `assert` is not true.\nLook at the values in it, for example with `print(…)`.",
  "assertion.message":
    "The condition after `assert` is not true. The program says: {message}\nLook at the values in it, for example with `print(…)`.",
  "raised.own":
    "The program itself reports this error with `raise`: {message}\nLook at the condition that leads to this line.",
  "raised.silent":
    "The program itself reports the error `{name}` with `raise`.\nLook at the condition that leads to this line.",
  "raised.not_implemented":
    "This part of the program is not written yet.\nReplace `raise NotImplementedError` by what is to be done.",
  "loop.changed":
    "The loop changes the dictionary or set through which it goes.\nGo through a copy: `for key in list(values):`.",
  "stop.iteration":
    "`next(…)` was called, but no value is left.\nGive a value for that case: `next(values, None)`.",
  "memory.full":
    "The program needs more memory than it may use.\nLook for a list or text that grows without an end.",
  "group.several":
    "{count} errors came together. The first one is {name}: {message}\nLook at it first.",
  "chain.before":
    "It came while the program handled another error: {name}.\nLook at that one in the terminal, too.",
  "type.number":
    "A number is needed here, but the value is of type `{type}`.\nTurn a text into a number with `int(…)` or `float(…)`. Take one value out of a list first.",
  "type.ord":
    "`ord(…)` takes a single character, but the text has {count}.\nTake one of them, such as `ord(text[0])`.",
  "type.super": "`super` is called with round brackets.\nWrite `super().…`.",
  "call.init_misspelt":
    "The class `{name}` has no `__init__`, so it takes nothing between its brackets. The method `{method}` in line {line} looks like it.\nWrite `__init__`, with two underscores on each side.",
  "value.items":
    "A loop over a dictionary gives its keys alone.\nWrite `{name}.items()` to get each key with its value.",
  "key.format":
    "The text has curly brackets for `{key}`, but `.format(…)` gets no value of this name.\nLook at how it is spelt on both sides, or use an f-string.",
  "type.comma":
    "A `{type}` stands in front of round brackets, so Python tries to call it as a function.\nWrite a comma between the two values.",
  "type.decimal_comma":
    "`{name}` gets two numbers, because a comma stands between them. Python writes decimals with a point.\nWrite `{better}`.",
  "type.call_missing":
    "`{name}` is a function, and without round brackets it is not called.\nWrite `{name}(…)`.",
  "type.await":
    "An `async` function gives its result only after `await`.\nWrite `await` in front of the call.",
  "type.input_split":
    "`{name}` is a list of texts: `input()` gives a text, also when digits are typed, and `.split()` cuts it into texts.\nWrite `[int(x) for x in input().split()]` in line {line}.",
  "type.input_append":
    "`{name}` is a list of texts: line {line} adds what `input()` gives, and that is a text, also when digits are typed.\nWrite `{name}.append(int(input(…)))` in line {line}.",
  "type.index_comma":
    "Several values stand in these square brackets, with a comma between them.\nWrite `grid[0][1]` in place of `grid[0, 1]`. If these are two lists, write a comma between them.",
  "type.format":
    "A value of type `{type}` cannot be shown in this format.\nTake one value out of it first, or remove what stands behind the colon.",
  "type.str_returned":
    "`{name}` must give back a text, and it gives back something else.\nWrite `return` and the text at its end, in place of `print(…)`.",
  "type.init_returned":
    "`__init__` prepares an object and gives nothing back.\nRemove the value after `return`.",
  "type.attribute_called":
    "`.{name}` is a value of type `{type}` and no method.\nWrite `.{name}` without round brackets.",
  "call.no_init":
    "The class `{name}` has no `__init__`, so it takes nothing between its brackets.\nWrite `def __init__(self, …):` in the class (line {line}), or `{name}()` without values.",
  "key.position":
    "A dictionary has no first or second value: square brackets take a key, and {key} is none of its keys.\nWrite a key, or `list(….values())[{key}]` for a position.",
} as const;
