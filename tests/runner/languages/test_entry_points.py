"""The class with which a program of the JVM begins."""

import pytest

from runner.languages import NoEntry, find_entry
from runner.protocol.reasons import ReasonCode

MAIN = "public static void main(String[] args) { }"
JAVA = {
    "a class": (f"public class Main {{ {MAIN} }}", "Main"),
    "a class of another name than its file": (f"class Hello {{ {MAIN} }}", "Hello"),
    "a package": (f"/* x */ package a . b.c; class Main {{ {MAIN} }}", "a.b.c.Main"),
    "an interface": ("interface I { static void main(String... a) { } }", "I"),
    "a record": (f"record P(int x, @A({{1}}) int y) implements Q {{ {MAIN} }}", "P"),
    "an enum": (f"enum E {{ A {{ void f() {{}} }}, B; {MAIN} }}", "E"),
    "generics": (f"class Main<T extends Comparable<? super T>> extends B<T> {{ {MAIN} }}", "Main"),
    "modifiers in another order": (
        "class Main { static @A(1) final public void main(final String args[]) {} }", "Main"),
    "the class that is called as its file comes first": (
        f"class A {{ {MAIN} }} class Main {{ {MAIN} }}", "Main"),
    "else the first": (f"class A {{ {MAIN} }} class B {{ {MAIN} }}", "A"),
    "a class in a class, if there is no other": (
        f"class Main {{ static class In {{ {MAIN} }} }}", "Main$In"),
    "a comment": (f"class A {{ /* {MAIN} */ }} class B {{ {MAIN} }}", "B"),
    "the end of a line": (f"class A {{ // {MAIN}\n}} class B {{ {MAIN} }}", "B"),
    "a text": ('class A { String s = "public static void main(String[] a) { \\"";}'
               f" class B {{ {MAIN} }}", "B"),
    "a text of several lines": (
        f'class A {{ String s = """\n "{MAIN} \\""" """;}} class B {{ {MAIN} }}', "B"),
    "a brace as a character": (
        f"class A {{ char c = '{{', d = '\\''; }} class B {{ {MAIN} }}", "B"),
    "a local class": (
        f"class A {{ void f() {{ class L {{ {MAIN} }} }} }} class B {{ {MAIN} }}", "B"),
    "a class as an object": (
        f"class A {{ Object o = A.class; int record = 1; }} class B {{ {MAIN} }}", "B"),
    "escapes of Unicode": ("class \\u0041 { public static void \\u006Dain(String[] a) {} }", "A"),
    "one that is not static, if there is no other": ("class Main { void main() {} }", "Main"),
    "one that is, before it": (f"class A {{ void main() {{}} }} class B {{ {MAIN} }}", "B"),
    "no class": ("void main() { }", "Main"),
    "a comment without an end, behind it": (f"class Main {{ {MAIN} }} /* **", "Main"),
}  # fmt: skip
KOTLIN = {
    "a function": ("fun main() = println()", "MainKt"),
    "a package": ("package a.b\nfun main(args: Array<String>) { }", "a.b.MainKt"),
    "one that suspends": ("suspend fun main() { }", "MainKt"),
    "another name": ('@file:JvmName("Hello")\npackage a\nfun main() { }', "a.Hello"),
    "behind a class without a body": ("class A(val x: Int)\nfun main() { }", "MainKt"),
    "an object": ("object O { @JvmStatic fun main(args: Array<String>) { } }", "O"),
    "a companion": (
        "class C { companion object { @JvmStatic fun main(args: Array<String>) { } } }", "C"),
    "a comment in a comment": ("/* /* */ fun main() { } */ object O { @JvmStatic fun main() {} }",
                               "O"),
    "a text": ('val s = "fun main() { ${ f("}") } fun main() {}"\n'
               "object O { @JvmStatic fun main() {}}", "O"),
    "a raw text": ('val s = """ " fun main() {} """"\nobject O { @JvmStatic fun main() {}}', "O"),
    "one that is private": ("private fun main() {}\nobject O { @JvmStatic fun main() {}}", "O"),
    "a brace in a text": ('fun f() { print("}{{${"{"}") }\nfun main() { }', "MainKt"),
}  # fmt: skip


@pytest.mark.parametrize("what", JAVA)
def test_java(what: str) -> None:
    source, entry = JAVA[what]
    assert find_entry("java", "Main.java", {"Main.java": source}) == entry


@pytest.mark.parametrize("what", KOTLIN)
def test_kotlin(what: str) -> None:
    source, entry = KOTLIN[what]
    assert find_entry("kotlin", "main.kt", {"main.kt": source}) == entry


@pytest.mark.parametrize(
    ("path", "name"),
    [("main.kt", "MainKt"), ("a/hello-world.kt", "Hello_worldKt"), ("1.kt", "_1Kt"),
     ("Übung 1.kt", "Übung_1Kt"), (".kt", "_Kt")],
)  # fmt: skip
def test_the_class_of_a_file_of_kotlin(path: str, name: str) -> None:
    assert find_entry("kotlin", path, {path: "fun main() {}"}) == name


def test_the_main_file_decides_between_two() -> None:
    files = {
        "a/One.java": f"package a; class One {{ {MAIN} }}",
        "Two.java": f"class Two {{{MAIN}}}",
    }
    assert find_entry("java", "a/One.java", files) == "a.One"
    assert find_entry("java", "Two.java", files) == "Two"
    assert (
        find_entry("java", "Three.java", {"Three.java": "", "Two.java": files["Two.java"]}) == "Two"
    )


def test_two_in_files_that_are_not_the_main_one_are_named() -> None:
    source = f"class C {{ {MAIN} }}"
    files = {"Main.java": "class Main { }", "B.java": source, "A.java": source, "notes.txt": source}
    with pytest.raises(NoEntry) as raised:
        find_entry("java", "Main.java", files)
    assert raised.value.code is ReasonCode.SEVERAL_ENTRIES
    assert raised.value.figures == {"first": "B.java", "second": "A.java"}


@pytest.mark.parametrize(
    "source", ["", "class Main { }", "class Main { int main; }", "fun main(", "{"]
)
def test_none_is_told(source: str) -> None:
    with pytest.raises(NoEntry) as raised:
        find_entry("java", "Main.java", {"Main.java": source, "notes.txt": f"class A {{{MAIN}}}"})
    assert (raised.value.code, raised.value.figures) == (ReasonCode.NO_ENTRY, {"path": "Main.java"})


def test_other_languages_have_none() -> None:
    assert find_entry("path", "main.py", {}) == ""
