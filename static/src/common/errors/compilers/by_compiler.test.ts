import { describe, expect, it } from "vitest";
import { explainCompiler } from "./by_compiler";

describe("the first error of a compiler", () => {
  it.each([
    ["gcc", "error: expected ';' before 'return'", "code.semicolon", undefined],
    ["gcc", "error: 'x' undeclared (first use in this function)", "code.undeclared", "x"],
    [
      "gcc",
      "error: 'cont' undeclared (first use in this function); did you mean 'count'?",
      "code.similar",
      "cont",
    ],
    ["g++", "error: ‘total’ was not declared in this scope", "code.undeclared", "total"],
    ["gcc", "warning: implicit declaration of function 'drucke'", "code.function", "drucke"],
    ["gcc", "error: expected declaration or statement at end of input", "code.brace", undefined],
    ["gcc", 'error: missing terminating " character', "code.string", undefined],
    ["gcc", "error: too few arguments to function 'area'", "code.arguments", undefined],
    ["javac", "error: ';' expected", "code.semicolon", undefined],
    ["javac", "error: cannot find symbol", "code.symbol", undefined],
    ["javac", "error: reached end of file while parsing", "code.brace", undefined],
    [
      "javac",
      "error: incompatible types: String cannot be converted to int",
      "code.types",
      undefined,
    ],
    ["javac", "error: missing return statement", "code.return", undefined],
    ["javac", "error: variable age might not have been initialized", "code.no_value", "age"],
    [
      "javac",
      "error: class Dog is public, should be declared in a file named Dog.java",
      "code.class_file",
      undefined,
    ],
    ["javac", "error: not a statement", "code.statement", undefined],
    [
      "java",
      'Exception in thread "main" java.lang.ArithmeticException: / by zero',
      "code.zero",
      undefined,
    ],
    [
      "java",
      "java.lang.ArrayIndexOutOfBoundsException: Index 3 out of bounds for length 3",
      "code.index",
      undefined,
    ],
    ["node", "ReferenceError: zahl is not defined", "code.undeclared", "zahl"],
    [
      "node",
      "TypeError: Cannot read properties of undefined (reading 'length')",
      "code.null",
      undefined,
    ],
    ["node", "TypeError: Assignment to constant variable.", "code.constant", undefined],
    ["node", "TypeError: word.size is not a function", "code.no_function", "word.size"],
    ["node", "SyntaxError: Identifier 'age' has already been declared", "code.twice", "age"],
    ["node", "SyntaxError: missing ) after argument list", "code.parenthesis", undefined],
    ["node", "SyntaxError: Unexpected end of input", "code.brace", undefined],
    ["tsc", "error TS2304: Cannot find name 'zahl'.", "code.undeclared", "zahl"],
    [
      "tsc",
      "error TS2322: Type 'string' is not assignable to type 'number'.",
      "code.types",
      undefined,
    ],
    ["dotnet", "error CS1002: ; expected", "code.semicolon", undefined],
    [
      "dotnet",
      "error CS0103: The name 'zahl' does not exist in the current context",
      "code.undeclared",
      "zahl",
    ],
    [
      "dotnet",
      "error CS0029: Cannot implicitly convert type 'string' to 'int'",
      "code.types",
      undefined,
    ],
    ["go", "undefined: zahl", "code.undeclared", "zahl"],
    ["go", "declared and not used: age", "code.unused", "age"],
    ["go", '"os" imported and not used', "code.unused", "os"],
    ["rustc", "error[E0425]: cannot find value `zahl` in this scope", "code.undeclared", "zahl"],
    ["rustc", "error: expected `;`, found `}`", "code.semicolon", undefined],
    ["rustc", "error[E0308]: mismatched types", "code.types", undefined],
    ["rustc", "error[E0382]: borrow of moved value: `word`", "code.moved", undefined],
    ["kotlinc", "error: unresolved reference: zahl", "code.undeclared", "zahl"],
    ["php", "Warning: Undefined variable $zahl", "code.undeclared", "$zahl"],
    [
      "ruby",
      "undefined local variable or method `zahl' for main:Object (NameError)",
      "code.undeclared",
      "zahl",
    ],
    ["lua", "attempt to call a nil value (global 'prnt')", "code.function", "prnt"],
    ["perl", 'Global symbol "$zahl" requires explicit package name', "code.undeclared", "$zahl"],
    ["R", "Error: object 'zahl' not found", "code.undeclared", "zahl"],
    ["fpc", 'Error: Identifier not found "zahl"', "code.undeclared", "zahl"],
    ["fpc", 'Fatal: Syntax error, ";" expected but "END" found', "code.semicolon", undefined],
    ["ghc", "error: Variable not in scope: zahl", "code.undeclared", "zahl"],
    ["bash", "ehco: command not found", "code.command", "ehco"],
    ["sqlite", "no such table: perons", "code.table", "perons"],
  ])("is explained: %s, %s", (_, message, text, name) => {
    const explanation = explainCompiler(message);
    expect([explanation?.text, explanation?.values.name]).toEqual([text, name]);
  });

  it.each([
    "",
    "error: something else",
    "note: x",
    "a".repeat(300),
    "'".repeat(300),
    "missing ".repeat(37),
  ])("that is no common one has no explanation: %s", (message) => {
    const begun = performance.now();
    expect(explainCompiler(message)).toBeNull();
    expect(performance.now() - begun).toBeLessThan(200);
  });
});
