// size: one list of texts
/** What a syntax error means, and what to look at. */
export const EN_SYNTAX = {
  "indent.tabs":
    "This line is indented with tabs and others with spaces. Python cannot tell how far each is indented.\nDelete what stands in front of this line, and indent it with the same keys as the lines above.",
  "indent.dedent":
    "This line is indented less than the one above, but no block above begins at this column.\nIndent line {line} exactly as far as the lines to which it belongs.",
  "indent.expected":
    "Line {head} ends with a colon. So the lines below belong to it and must be indented.\nIndent line {line} by 4 spaces. If nothing is to be done there yet, write `pass`.",
  "indent.expected_here":
    "After a line that ends with a colon, Python expects an indented line.\nIndent line {line} by 4 spaces. If nothing is to be done there yet, write `pass`.",
  "indent.unexpected":
    "This line is indented further than the one above, although no block begins there.\nRemove the spaces in front of line {line}, or look whether the line above lacks a colon.",
  "syntax.any":
    "Python cannot read this line: a sign is missing, is too much, or stands in the wrong place.\nCompare line {line} sign by sign with an example. If it looks right, look at the line above: an open bracket or quote is often there.",
  "syntax.colon":
    "The line that begins with `{word}` has no colon at its end.\nWrite `:` at the end of line {line}.",
  "syntax.equals":
    "A single `=` gives a variable a value. A condition compares, and needs `==`.\nWrite `==` in place of `=`.",
  "syntax.assign_to":
    "What stands to the left of `=` is no variable, so it cannot get a value.\nWrite the name of the variable on the left, and the value on the right. To compare two values, write `==`.",
  "syntax.assign_constant":
    "`{word}` is a fixed value of Python and cannot be changed.\nChoose another name for your variable. To compare, write `==`.",
  "syntax.bracket_open":
    "The bracket `{open}` in line {line} is never closed, so Python takes the lines below for a part of it.\nWrite `{close}` where the bracket is to end.",
  "syntax.bracket_extra":
    "The bracket `{close}` closes nothing: none was opened before it.\nRemove it, or look whether an opening bracket is missing in front of it.",
  "syntax.bracket_mixed":
    "The bracket `{open}` was opened, but `{close}` closes it. Both must be of the same kind.\nBrackets are `( )`, `[ ]` and `{ }`. Change one of the two.",
  "syntax.string_open":
    "The text in line {line} begins with a quotation mark and has none at its end.\nWrite the same quotation mark at the end of the text.",
  "syntax.string_quote":
    "The apostrophe within the text ends it too early.\nPut the text in double quotation marks: `\"It's late\"`. Or write `\\'` for the apostrophe.",
  "syntax.triple_open":
    "The text that begins in line {line} with three quotation marks has no end.\nWrite three quotation marks where the text is to end. For a text in one line, one on each side is enough.",
  "syntax.print":
    "`{name}` is a function and needs round brackets around what it gets.\nWrite `{name}(…)`.",
  "syntax.comma":
    "Within these brackets two values stand side by side without a comma in between.\nWrite a comma (or an operator such as `+`) between `{before}` and `{after}`.",
  "syntax.side_by_side":
    "`{before}` and `{after}` stand side by side, and Python does not know what connects them.\nWrite an operator such as `+` or `*` in between. If the line is text, put it in quotation marks.",
  "syntax.incomplete":
    "The line ends with `{last}`, and something must follow it.\nComplete the line, or remove `{last}`.",
  "syntax.else_if":
    "In Python, “else if” is one word: `elif`.\nWrite `elif` and the condition, with a colon at the end.",
  "syntax.elif_late": "An `elif` cannot come after the `else`.\nMove the `else` block to the end.",
  "syntax.alone":
    "This `{word}` belongs to no block above.\nIt must be indented as far as the `if`, `for` or `try` to which it belongs, and directly follow its block.",
  "syntax.try_alone":
    "A `try` needs an `except` or `finally` that says what happens after an error.\nWrite `except ValueError:` (or another error) below the block of the `try` in line {line}, indented as far as the `try`.",
  "syntax.keyword":
    "`{word}` is a word of Python itself and cannot be a name.\nChoose another name, such as `{word}_`.",
  "syntax.word":
    "Python does not know the word `{word}` at this place.\nDid you mean `{suggestion}`?",
  "syntax.foreign":
    "`{word}` begins a line in other languages, but not in Python.\nIn Python a variable is made by `name = value`, a function by `def name():`, and a loop by `for i in range(10):` or `while`.",
  "syntax.increment": "Python has no `{sign}`.\nWrite `{short}`.",
  "syntax.and_or":
    "Python writes this operator as a word: `{word}`.\nWrite `{word}` in place of `{sign}`.",
  "syntax.not": "Python writes “not” as a word.\nWrite `not` in place of `!`. “Not equal” is `!=`.",
  "syntax.comparison": "`{wrong}` is no operator of Python.\nWrite `{right}`.",
  "syntax.number":
    "`{name}` begins with a digit. Names cannot, and a number ends where letters begin.\nLet the name begin with a letter. To multiply, write `*`.",
  "syntax.number_odd":
    "Python cannot read a number in this line.\nNumbers have digits and a decimal point, such as `3.5`, and no units or letters.",
  "syntax.leading_zero":
    'A whole number cannot begin with 0.\nRemove the zeros in front. If they matter, as in a postcode, make it a text: `"007"`.',
  "syntax.quotes":
    "`{character}` is a typographic quotation mark, as word processors write it. Python knows only the straight ones.\nReplace it by `\"` or `'`.",
  "syntax.unseen":
    "The line holds a character that cannot be seen ({code}). It often comes with copied text.\nDelete the spaces in this line and type them again.",
  "syntax.character":
    "Python does not know the character `{character}` at this place.\nReplace it. A text with such characters must stand in quotation marks.",
  "syntax.unicode_escape":
    'In a text, `\\` begins a special character, and `\\U` or `\\x` need a number. Paths of Windows hold them by chance.\nWrite an `r` in front of the text, as in `r"C:\\Users"`, or `/` in place of `\\`.',
  "syntax.continuation":
    "After a `\\` at this place the line must end.\nRemove the `\\`, or what follows it. To divide, write `/`.",
  "syntax.return":
    "`return` ends a function, but here is no function.\nIndent the line, if it belongs to a function above. To show a value, use `print(…)`.",
  "syntax.loop_only":
    "`{word}` is possible only within a loop.\nIndent the line, if it belongs to a `for` or `while` above.",
  "syntax.function_only":
    "`{word}` is possible only within a function.\nIndent the line, if it belongs to a function above.",
  "syntax.import_from":
    "The two parts of this import are in the wrong order.\nWrite `from module import name`.",
  "syntax.def_brackets":
    "A function needs brackets after its name, also if it takes nothing.\nWrite `def {name}():`.",
  "syntax.default_order":
    "A parameter without a value of its own follows one that has one (`name=value`).\nPut the parameters with `=` at the end.",
  "syntax.argument_order":
    "After an argument with a name (`name=value`) no argument without one can follow.\nPut the arguments with a name at the end.",
  "syntax.argument_twice": "The name `{name}` is given twice.\nKeep only one of the two.",
  "syntax.global_late":
    "`global {name}` comes after the function has used `{name}`.\nWrite it as the first line of the function.",
  "syntax.global_parameter":
    "`{name}` is a parameter of this function and cannot be `global` as well.\nGive one of the two another name.",
  "syntax.evaluated":
    "The program gave Python a text as code, for example by `eval(…)`, and the text is no valid code.\nLook at that text, for example with `print(…)`. To turn typed digits into a number, use `int(…)`.",
  "syntax.fstring":
    "Python cannot read what stands between `{` and `}` in this text.\nEach `{` needs a `}` and a value in between. Use other quotation marks within the curly brackets than around the text.",
  "syntax.half_comparison":
    "`{word}` connects two complete comparisons, and nothing stands in front of `{sign}`.\nWrite `{name}` again in front of it: `… {word} {name} {sign} …`.",
  "syntax.else_condition":
    "`else` has no condition: it runs when none above was true.\nWrite `elif` in place of `else` to ask for one more condition.",
  "syntax.condition_missing":
    "`{word}` needs a condition in front of the colon.\nWrite one, such as `{word} number > 5:`.",
  "syntax.one_line":
    "This line has a block already, so no `{word}` can follow in it.\nGive each part a line of its own, and indent what belongs to it by 4 spaces.",
  "syntax.else_missing":
    "An `if` within a value says what the value is, and needs an `else` for the other case.\nWrite `… if … else …`, or put `if …:` in a line of its own above.",
  "syntax.braces_equals":
    "Within curly brackets, a colon stands between a key and its value.\nWrite `:` in place of `=`.",
  "syntax.global_value":
    "`{word} {name}` says which variable is meant, and cannot give it a value at once.\nWrite `{word} {name}` alone, and `{name} = …` in the line below.",
  "syntax.lambda_return":
    "A `lambda` needs no `return`: what stands after its colon is the result.\nRemove `return`, or write a function with `def`.",
  "syntax.operators":
    "No value stands between `{before}` and `{after}`.\nRemove one of the two, or write the value in between.",
  "syntax.quote_inside":
    'The quotation mark within the text ends it too early.\nPut the text in single quotation marks: `\'She said "yes"\'`. Or write `\\"` within it.',
  "syntax.def_parameters":
    "The parameters of a function stand in round brackets after its name.\nWrite `def {name}(…):`.",
  "syntax.prompt":
    "`>>>` is what Python's console writes in front of a line. It is no part of a program.\nRemove it, and the lines with results that were copied with it.",
  "syntax.fence": "This line marks code within a text, and is no part of the program.\nDelete it.",
  "syntax.shell":
    "`{word} …` is a command for a command line, and not for Python.\nRemove the line. The page “Packages” lists what can be imported here.",
  "syntax.assign_inside":
    "Within round brackets no variable can get a value.\nGive it its value in a line of its own above. To compare two values, write `==`.",
  "syntax.semicolon":
    "A semicolon stands within brackets, where commas separate the values.\nWrite `,` in place of `;`.",
  "syntax.colon_extra":
    "Only a line that begins a block, such as `if`, `for` or `def`, ends with a colon.\nRemove the colon at the end.",
  "syntax.lookalike":
    "Python does not know the character `{character}` here. Word processors and some keyboards write it in place of the right one.\nWrite `{instead}` in its place.",
  "syntax.hyphen":
    "A name cannot have a hyphen: `-` subtracts, so `{wrong}` is a calculation.\nWrite `{name}`.",
  "syntax.name_space": "A name cannot have spaces.\nWrite `{name}` in place of `{wrong}`.",
  "syntax.for_in":
    "A `for` needs the word `in` and what it goes through.\nWrite `for name in names:`, or `for i in range(10):` to count.",
  "syntax.then":
    "Python has no `{extra}` after `{word}`: a colon begins the block.\nRemove `{extra}`.",
  "syntax.comment":
    "In Python, `//` divides and is no comment.\nA comment begins with `#`: put it in front of the text.",
  "syntax.walrus":
    "`:=` gives a value to a variable only within a condition or brackets.\nWrite `=` in place of `:=`.",
  "syntax.is_compare":
    "`is` and `{sign}` cannot stand side by side.\nTo compare two values, write `{sign}` without `is`.",
  "syntax.question":
    "Python has no `?`.\nTo choose one of two values, write `a if condition else b`. A text with `?` must stand in quotation marks.",
  "syntax.import_quotes":
    "The name of a module stands without quotation marks.\nRemove the quotation marks.",
  "syntax.import_hyphen":
    "The name of a module cannot have a hyphen.\nIf it is a file of yours, rename it with `_`, and write the same here.",
  "syntax.except_comma":
    "Several errors after `except` stand in round brackets: `except (ValueError, TypeError):`.\nTo keep the error in a variable, write `except ValueError as error:`.",
  "syntax.match_name":
    "A `case` with a name alone, or with `_`, fits every value, so none below it can be reached.\nMove it to the end. To compare with a text, put it in quotation marks.",
  "syntax.nested":
    "Too many brackets or blocks are open, one within the other.\nSplit the line, or move a part into a function.",
} as const;
