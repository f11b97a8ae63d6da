"""Exercises of one sheet in one snippet: of files with a `main`, a program has the one it is
started by."""

import time

import pytest

from runner.languages import LANGUAGES, sources_of
from runner.protocol.paths import MAX_SOURCE_BYTES

PROGRAMS = {
    "c": ["int main(void) { return 0; }", "int main() {}", "main()\n{\n}",
          "int main(int argc, char **argv)\n{", "int\nmain (void)\n{ }", "int main(/* none */) {"],
    "cpp": ["int main() { }", "auto main() -> int { }", "int main(int argc, char* argv[]) {"],
    "csharp": ["class A { static void Main() { } }", "static int Main(string[] args) => 0;",
               "public static void Main (string [] args)\n{"],
    "go": ["package main\n\nfunc main() {\n}", "package main\nfunc main () {"],
}  # fmt: skip
PARTS = {
    "c": ["int area(int a) { return a; }", "// int main() {", "/* int main(void) { */",
          'char *s = "int main() {";', "int domain() {", "#ifdef TEST\nint main(void) {\n}\n#endif",
          "#if 0\n# if 1\n# endif\nint main(void) {\n}\n#endif\n", "int main(void);",
          "char c = '\"';"],
    "cpp": ["struct Menu { void run() {} };", "int Game::main() {", "game.main();", "// main() {"],
    "csharp": ["class Shape { public double Main; }", "// static void Main() {",
               "#if DEBUG\nstatic void Main() {\n}\n#endif",
               "static void MainMenu() {"],
    "go": ["package main\n\nfunc area() {}", "package main\n// func main() {",
           "var s = `\nfunc main() {`", "func (g Game) main() {"],
}  # fmt: skip
CASES = [(name, text) for name, texts in PROGRAMS.items() for text in texts]
OTHERS = [(name, text) for name, texts in PARTS.items() for text in texts]


def sources(name: str, main: str, **files: str) -> list[str]:
    return sources_of(LANGUAGES[name].begins, main, files)


@pytest.mark.parametrize(("name", "text"), CASES)
def test_another_program_is_left_out(name: str, text: str) -> None:
    begins, part = PROGRAMS[name][0], PARTS[name][0]
    assert sources(name, "one", one=begins, two=text, part=part) == ["one", "part"]
    assert sources(name, "two", one=begins, two=text, part=part) == ["two", "part"]


@pytest.mark.parametrize(("name", "text"), OTHERS)
def test_what_only_looks_like_one_is_compiled(name: str, text: str) -> None:
    assert sources(name, "one", one=PROGRAMS[name][0], two=text) == ["one", "two"]


@pytest.mark.parametrize("name", PROGRAMS)
def test_where_the_main_file_begins_none_all_are_compiled(name: str) -> None:
    """Then the linker says what is wrong."""
    part, begins = PARTS[name][0], PROGRAMS[name][0]
    assert sources(name, "one", one=part, two=begins, three=begins) == ["one", "two", "three"]


def test_languages_without_a_rule_have_all_files() -> None:
    assert sources("java", "a", a="int main() {", b="int main() {") == ["a", "b"]


BOMBS = [
    "#if\n",
    "#endif\n",
    "main(",
    "main",
    "/*",
    "/**/",
    '"',
    "'",
    "`",
    "\\",
    "static ",
    "static Main(",
    "func main(",
    "->",
]


@pytest.mark.faults
@pytest.mark.parametrize("bomb", BOMBS)
@pytest.mark.parametrize("name", PROGRAMS)
def test_twice_as_much_takes_about_twice_as_long(name: str, bomb: str) -> None:
    seconds = []
    for size in (MAX_SOURCE_BYTES // 8, MAX_SOURCE_BYTES):
        began = time.process_time()
        sources(name, "one", one="", two=bomb * (size // len(bomb)))
        seconds.append(time.process_time() - began)
    few, many = seconds
    assert many < 24 * few + 0.1  # eight times as much; quadratic would be 64
    assert many < 2
