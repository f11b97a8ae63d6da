import { type Explanation, say } from "../fault";

/** The text, and the names of the groups' values in it. */
type CompilerRule = readonly [RegExp, (found: RegExpExecArray) => Explanation];

const NAME = "[\"'`‘“]?([\\w$:.]{1,80})[\"'`’”]?";

function named(pattern: string, text: Parameters<typeof say>[0]): CompilerRule {
  return [new RegExp(pattern.replace("NAME", NAME)), ([, name = ""]) => say(text, { name })];
}

/** The first errors that beginners meet in other languages, in the words of their compilers. */
const RULES: readonly CompilerRule[] = [
  [
    /['‘](\w+)['’] (?:undeclared|was not declared).*did you mean ['‘](\w+)['’]/,
    ([, name = "", suggestion = ""]) => say("code.similar", { name, suggestion }),
  ],
  [
    /Cannot find name '(\w+)'\. Did you mean '(\w+)'/,
    ([, name = "", suggestion = ""]) => say("code.similar", { name, suggestion }),
  ],
  named("NAME (?:undeclared|was not declared in this scope)", "code.undeclared"),
  named("The name NAME does not exist in the current context", "code.undeclared"),
  named("[Cc]annot find (?:name|value|function) NAME", "code.undeclared"),
  named("(?:undefined|[Uu]nresolved reference|Variable not in scope): ?NAME", "code.undeclared"),
  named("[Uu]nresolved reference NAME", "code.undeclared"),
  named("undefined local variable or method NAME", "code.undeclared"),
  named("ReferenceError: NAME is not defined", "code.undeclared"),
  named("Undefined variable:? NAME", "code.undeclared"),
  named("Global symbol NAME requires explicit package", "code.undeclared"),
  named("object NAME not found", "code.undeclared"),
  named("Identifier not found NAME", "code.undeclared"),
  named("implicit declaration of function NAME", "code.function"),
  named("could not find function NAME", "code.function"),
  named("Call to undefined function NAME", "code.function"),
  named("attempt to call a nil value \\(\\w+ NAME\\)", "code.function"),
  named("TypeError: NAME is not a function", "code.no_function"),
  [/cannot find symbol/, () => say("code.symbol")],
  [
    /reached end of file while parsing|at end of input|Unexpected end of (?:input|file)|unexpected end of file|'}' expected|} expected|expected '}'|unclosed delimiter/,
    () => say("code.brace"),
  ],
  [/expected ['‘`"]?;|['"]?;['"]? expected|CS1002|missing semicolon/, () => say("code.semicolon")],
  [/missing \) after|['"]?\)['"]? expected|expected ['‘`]\)/, () => say("code.parenthesis")],
  [
    /missing terminating|unclosed string|unterminated (?:double quote )?string|Newline in constant|Invalid or unexpected token|string literal not terminated/i,
    () => say("code.string"),
  ],
  [
    /(?:index|Index) (?:out of|-?\d+ out of) (?:bounds|range)|index out of range|IndexOutOfRange|index out of bounds/i,
    () => say("code.index"),
  ],
  [/\/ by zero|divide by zero|Division by zero|divided by 0|DivideByZero/i, () => say("code.zero")],
  [
    /NullPointerException|null reference|NullReference|Object reference not set/,
    () => say("code.null"),
  ],
  [
    /Cannot read (?:property|properties) of (?:undefined|null)|undefined method .* for nil|attempt to index a nil value/,
    () => say("code.null"),
  ],
  [
    /Assignment to constant variable|cannot assign twice to immutable|[Vv]al cannot be reassigned|assignment of read-only/,
    () => say("code.constant"),
  ],
  named("Identifier NAME has already been declared", "code.twice"),
  named("(?:redefinition of|redeclaration of|variable) NAME(?: is already defined)", "code.twice"),
  named("redefinition of NAME", "code.twice"),
  named("declared and not used: NAME", "code.unused"),
  named("NAME declared and not used", "code.unused"),
  named('"?NAME"? imported and not used', "code.unused"),
  [
    /missing return|not all code paths return|control reaches end of non-void/i,
    () => say("code.return"),
  ],
  named("variable NAME might not have been initialized", "code.no_value"),
  named("use of unassigned local variable NAME", "code.no_value"),
  [
    /incompatible types|mismatched types|[Cc]annot implicitly convert|is not assignable to type|[Tt]ype mismatch|cannot use .* as .* value/,
    () => say("code.types"),
  ],
  [
    /too (?:few|many) arguments|not enough arguments|wrong number of arguments|no overload for/i,
    () => say("code.arguments"),
  ],
  named("NAME: command not found", "code.command"),
  named("no such table: NAME", "code.table"),
  named("no such column: NAME", "code.column"),
  [/borrow of moved value|use of moved value/, () => say("code.moved")],
  [/should be declared in a file named/, () => say("code.class_file")],
  [/not a statement/, () => say("code.statement")],
];

/** Of an error of a compiler or interpreter other than Python; null: it is none of the common ones. Pure. */
export function explainCompiler(message: string): Explanation | null {
  for (const [pattern, explained] of RULES) {
    const found = pattern.exec(message);
    if (found) return explained(found);
  }
  return null;
}
