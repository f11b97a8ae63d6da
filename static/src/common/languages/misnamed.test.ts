import { expect, test } from "vitest";
import { properPath } from "./misnamed";

const JAVA = { misnamed: "should be declared in a file named (?<name>[\\w$]{1,200}\\.java)" };
const MESSAGE = "class Hello is public, should be declared in a file named Hello.java";

test.each([
  ["Main.java", MESSAGE, "Hello.java"],
  ["shop/Main.java", MESSAGE, "shop/Hello.java"],
  ["Main.java", "';' expected", null],
])("a file %s of which is said %s", (path, message, proper) => {
  expect(properPath({ path, message }, JAVA, ["Main.java"])).toBe(proper);
});

test("no file takes the place of another", () => {
  const paths = ["Main.java", "Hello.java"];
  expect(properPath({ path: "Main.java", message: MESSAGE }, JAVA, paths)).toBeNull();
});

test("most languages say nothing of names", () => {
  expect(properPath({ path: "a.c", message: MESSAGE }, { misnamed: "" }, [])).toBeNull();
});
