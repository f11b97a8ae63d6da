/** What the first errors in other languages than Python mean, and what to look at. */
export const EN_CODE = {
  "code.title": "Error",
  "code.similar":
    "The program has no `{name}`, but it has `{suggestion}`.\nLook at how the name is spelt. It must be the same everywhere.",
  "code.undeclared":
    "The compiler does not know the name `{name}`.\nLook at how it is spelt, and whether a line above declares it, in this function or outside of all.",
  "code.function":
    "There is no function `{name}`.\nLook at how it is spelt, whether it is written above, and whether an import or include is missing.",
  "code.no_function":
    "`{name}` is called like a function, but it is none.\nLook at how it is spelt, and at the value that it has.",
  "code.symbol":
    "The compiler does not know a name in this line.\nLook at how the names are spelt, whether they are declared above, and whether an import is missing. The lines below in the terminal say which name it is.",
  "code.brace":
    "The program ends before all its blocks do: a closing bracket `}` is missing.\nLook for a `{` without a `}`. It helps to indent each block.",
  "code.semicolon":
    "A semicolon is missing.\nWrite `;` at the end of the statement: in this line, or at the end of the one above.",
  "code.parenthesis":
    "A closing bracket `)` is missing.\nCount the round brackets of this line: each `(` needs a `)`.",
  "code.string":
    "A text begins with a quotation mark and has none at its end.\nWrite the same quotation mark at the end of the text.",
  "code.index":
    "The list or array has no such position. The first one is mostly 0, the last one its length minus 1.\nCompare the position with the length.",
  "code.zero":
    "The program divides by 0, and there is no result.\nLook at the value on the right of the division: where does it become 0?",
  "code.null":
    "The program uses a variable that has no value.\nLook where the variable in front of the point or bracket gets its value.",
  "code.constant":
    "The variable is declared as one that never changes, and this line changes it.\nDeclare it as a variable that may change, or use another one.",
  "code.twice":
    "`{name}` is declared twice.\nRemove one of the two declarations, or choose another name.",
  "code.unused":
    "`{name}` is not used, and this language does not allow that.\nUse it, or remove the line.",
  "code.return":
    "The function promises a result, but not every way through it has a `return`.\nWrite a `return` at its end, too.",
  "code.no_value": "`{name}` is used before it has a value.\nGive it a value where it is declared.",
  "code.types":
    "A value has another type than the one that is needed here, for example a text in place of a number.\nCompare both types, and convert the value.",
  "code.arguments":
    "The function is called with another number of values than it has parameters.\nCompare the call with the line that defines the function.",
  "code.command":
    "There is no command `{name}`.\nLook at how it is spelt. A variable gets its value without spaces around `=`.",
  "code.table":
    "There is no table `{name}`.\nLook at how it is spelt, and whether it was created before.",
  "code.column":
    "There is no column `{name}`.\nLook at how it is spelt. A text needs single quotation marks.",
  "code.moved":
    "The value was given away in a line above, so it cannot be used any more.\nBorrow it with `&`, or make a copy with `.clone()`.",
  "code.class_file":
    "A public class must be in a file of its own name.\nRename the file or the class.",
  "code.statement":
    "This line calculates something and does nothing with it.\nCall a function, or give the value to a variable.",
} as const;
