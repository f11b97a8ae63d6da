"""Thirty questions about programs, to which both editors give the same right answers."""
# size: one table of questions, and how each kind of them is asked

from collections.abc import Callable, Iterator, Sized

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.code_help import CodeEditor, plain
from tests.e2e.workspace import Workspace
from tests.product import WebServer

HELPER = '''def greet(name, loud=False):
    """Greets **somebody** & <b>smiles</b>."""
    return name


class Dog:
    """A dog."""

    legs = 4

    def bark(self, times: int = 1) -> str:
        return "wuff" * times
'''
# The code, with | at the cursor, and the names that come first in the list.
COMPLETIONS = {
    "a module": ("import math\nmath.sq|", ["sqrt"]),
    "a string": ("name = 'Ada'\nname.upp|", ["upper"]),
    "a list": ("numbers = [1]\nnumbers.app|", ["append"]),
    "the result of a call": ("'a,b'.split(',').ext|", ["extend"]),
    "a builtin": ("prin|", ["print"]),
    "a name of the file": ("total_price = 3\ntotal_p|", ["total_price"]),
    "a class of another file": ("from helper import Dog\nrex = Dog()\nrex.bar|", ["bark"]),
    "a function of another file": ("import helper\nhelper.gre|", ["greet"]),
    "what to import": ("from helper import Do|", ["Dog"]),
    "an attribute of a class": ("class Cat:\n    def __init__(self):\n        self.lives = 7\n"
                                "    def die(self):\n        self.liv|", ["lives"]),
    "an installed package": ("import measures\nmeasures.con|", ["convert"]),
    "a value of an installed package": (
        "import measures\nlength = measures.convert(3)\nlength.in_f|", ["in_feet"],
    ),
    "an unfinished program": ("import random\nif True:\n    x = random.randi|\n)(", ["randint"]),
    "a name beyond the basic plane": ("größe_😀 = '😀'\nvalue = '😀'; value.upp|", ["upper"]),
    "a keyword argument": ("from helper import greet\ngreet('x', lou|", ["loud="]),
}  # fmt: skip
DESCRIPTIONS = {
    "a function of another file": (
        "from helper import greet\ngre|et",
        "def greet( name: str, loud: bool = False ) -> str",
    ),
    "its documentation is text": (
        "from helper import greet\ngre|et",
        "Greets **somebody** & <b>smiles</b>.",
    ),
    "a builtin": ("le|n", "Return the number of items in a container."),
    "a variable": ("count = 3\ncou|nt", "(variable) count: Literal[3]"),
    "an installed package": (
        "import measures\nmeasures.con|vert",
        "Converts a **value** to a length.",
    ),
}
DESCRIPTIONS["a function of another file"] = (
    "from helper import greet\ngre|et", "(function) def greet("
)  # fmt: skip
SIGNATURES = {
    "a function of another file": (
        "from helper import greet\ngreet(|",
        "loud: bool = False",
    ),
    "a method": ("from helper import Dog\nDog().bark(|", "(times: int = 1) -> str"),
    "an installed package": ("import measures\nmeasures.convert(1, |", 'unit: str = "m"'),
    "a builtin": ("round(1.5, |", "ndigits"),
}
# The file, and the text that is selected then.
DEFINITIONS = {
    "in the same file": ("def double(x):\n    return 2 * x\ndoub|le(3)", "main.py", "double"),
    "in another file": ("from helper import greet\ngre|et('x')", "helper.py", "greet"),
    "a method in another file": ("from helper import Dog\nDog().ba|rk()", "helper.py", "bark"),
}
SHOWN = "name => document.querySelector('[role=tab][aria-selected=true]').innerText.endsWith(name)"
SAYS = "text => window.coderunner.getText() === text"
# Ctrl+C, until it copies that: in the same file nothing else tells that the name is found.
COPIES = """async text => {
    document.execCommand("copy");
    return (await navigator.clipboard.readText()) === text;
}"""
# The new name, and both files with it.
RENAMES = {
    "a variable": ("count = 1\nprint(cou|nt)", "number", "number = 1\nprint(number)", HELPER),
    "a function in all files": (
        "from helper import greet\ngre|et('x')", "welcome",
        "from helper import welcome\nwelcome('x')", HELPER.replace("def greet", "def welcome"),
    ),
    "a parameter": (
        "def f(size):\n    return si|ze", "width", "def f(width):\n    return width", HELPER
    ),
}  # fmt: skip


@pytest.fixture(scope="module", params=["monaco", "codemirror"])
def code(
    request: pytest.FixtureRequest,
    browser: Browser,
    site: WebServer,
    new_student: Callable[[], str],
) -> Iterator[CodeEditor]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.set_default_timeout(15_000)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    workspace = Workspace.open(context, site.url, site.sign_in(new_student()))
    editor = CodeEditor.of(workspace, request.param)
    editor.add_file("helper.py", HELPER)
    editor.show("main.py")
    yield editor
    assert workspace.complaints == []
    context.close()


@pytest.fixture(autouse=True)
def _closed(code: CodeEditor) -> Iterator[None]:
    yield
    code.close()
    code.close()


def put(code: CodeEditor, source: str) -> None:
    before, _, after = source.partition("|")
    code.write(before, after)


def test_there_are_thirty() -> None:
    kinds: tuple[Sized, ...] = (COMPLETIONS, DESCRIPTIONS, SIGNATURES, DEFINITIONS, RENAMES)
    assert sum(map(len, kinds)) == 30


@pytest.mark.parametrize("name", COMPLETIONS)
def test_names_are_suggested(code: CodeEditor, name: str) -> None:
    source, expected = COMPLETIONS[name]
    put(code, source)
    assert code.suggestions()[: len(expected)] == expected


@pytest.mark.parametrize("name", DESCRIPTIONS)
def test_names_are_described(code: CodeEditor, name: str) -> None:
    source, expected = DESCRIPTIONS[name]
    put(code, source)
    assert plain(expected) in code.description()


@pytest.mark.parametrize("name", SIGNATURES)
def test_parameters_are_shown(code: CodeEditor, name: str) -> None:
    source, expected = SIGNATURES[name]
    put(code, source)
    assert plain(expected) in code.signature()


@pytest.mark.parametrize("name", DEFINITIONS)
def test_definitions_are_found_and_left_again(code: CodeEditor, name: str) -> None:
    source, file, selected = DEFINITIONS[name]
    put(code, source)
    before = code.text()
    code.press("F12")
    code.workspace.wait_until(SHOWN, file)
    code.workspace.wait_until(COPIES, selected)
    code.press("Alt+b")
    code.workspace.wait_until(SHOWN, "main.py")
    code.page.keyboard.type("Q")
    first, rest = source.split("|")
    code.workspace.wait_until(SAYS, f"{first}Q{rest}")
    assert before == first + rest


@pytest.mark.parametrize("name", RENAMES)
def test_names_are_changed_everywhere(code: CodeEditor, name: str) -> None:
    source, new, main, helper = RENAMES[name]
    put(code, source)
    before = code.text()
    code.press("F2")
    dialog = code.page.locator("dialog[open]")
    dialog.get_by_role("textbox").fill(new)
    code.press("Enter")
    code.workspace.wait_until("text => window.coderunner.getText() === text", main)
    code.show("helper.py")
    assert code.text() == helper
    if helper != HELPER:  # one step in each file
        code.focus()
        code.press("Control+z")
        assert code.text() == HELPER
    code.show("main.py")
    code.focus()
    code.press("Control+z")
    assert code.text() == before
    expect(dialog).to_have_count(0)
