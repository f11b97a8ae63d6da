"""Makes stubs (`.pyi`) of Python sources: what editors need to know of a package, without its code.

Signatures, annotations, attributes and the first paragraph of documentation stay. Bodies of
functions and values go. Where a package brings its own stubs, these are taken.
"""

import ast
from collections.abc import Iterator

MOST_DOCUMENTATION = 400  # characters of each
KEPT_DECORATORS = frozenset(
    {"property", "staticmethod", "classmethod", "overload", "abstractmethod", "cached_property",
     "setter", "deleter", "dataclass", "final"}
)  # fmt: skip
MAKERS_OF_TYPES = frozenset({"TypeVar", "ParamSpec", "NamedTuple", "namedtuple"})
DOTS = ast.Constant(...)
Function = ast.FunctionDef | ast.AsyncFunctionDef


def stub_of(source: str, documentation: bool = True, exports: bool = False) -> str | None:
    """None for what this Python cannot parse. `exports`: others import from it what it imports."""
    try:
        module = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return None
    body: list[ast.stmt] = [ast.Import([ast.alias("typing")])]  # for what `_returned` says
    body += _Maker(documentation, exports).statements(module.body)
    made = ast.Module(_with_documentation(module, body, documentation), [])
    try:
        return ast.unparse(ast.fix_missing_locations(made)) + "\n"
    except RecursionError:
        return None


def without_documentation(stub: str) -> str:
    """Of a package's own stub."""
    return stub_of(stub, documentation=False) or stub


class _Maker:
    def __init__(self, documentation: bool, exports: bool) -> None:
        self._documentation, self._exports = documentation, exports

    def statements(self, body: list[ast.stmt], of_class: bool = False) -> Iterator[ast.stmt]:
        seen: set[str] = set()
        for statement in flattened(body):
            match statement:
                case ast.Import() | ast.ImportFrom():
                    if getattr(statement, "module", "") != "__future__":
                        yield self._imported(statement)
                case ast.FunctionDef() | ast.AsyncFunctionDef():
                    yield self._function(statement)
                case ast.ClassDef():
                    yield self._class(statement)
                case ast.AnnAssign(target=ast.Name(id=name)):
                    seen.add(name)
                    alias = _last_name(statement.annotation) == "TypeAlias"
                    value = statement.value if alias else None
                    yield ast.AnnAssign(statement.target, statement.annotation, value, 1)
                case ast.Assign(targets=[ast.Name(id=name)]) if name not in seen:
                    seen.add(name)
                    yield _assignment(name, statement.value, of_class)

    def _imported(self, statement: ast.Import | ast.ImportFrom) -> ast.stmt:
        """In stubs, `from a import b as b` is what others can import, `from a import b` is not."""
        if self._exports and isinstance(statement, ast.ImportFrom):
            for each in statement.names:
                if each.name != "*":
                    each.asname = each.asname or each.name
        return statement

    def _function(self, function: Function) -> Function:
        arguments = function.args
        arguments.defaults = [_default(each) for each in arguments.defaults]
        arguments.kw_defaults = [each and _default(each) for each in arguments.kw_defaults]
        returns = function.returns or _returned(function)
        function.body = _with_documentation(function, [ast.Expr(DOTS)], self._documentation)
        function.returns = returns
        function.decorator_list = [
            each for each in function.decorator_list if _last_name(each) in KEPT_DECORATORS
        ]
        return function

    def _class(self, found: ast.ClassDef) -> ast.ClassDef:
        attributes = list(_attributes(found))
        body = list(self.statements(found.body, of_class=True))
        defined = {_name_of(each) for each in body}
        body = [each for each in attributes if _name_of(each) not in defined] + body
        whole = _with_documentation(found, body or [ast.Expr(DOTS)], self._documentation)
        found.body = whole
        found.decorator_list = [
            each for each in found.decorator_list if _last_name(each) in KEPT_DECORATORS
        ]
        return found


def flattened(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Also what is within `if` and `try`: whichever branch runs, one of them defines the name."""
    for statement in body:
        match statement:
            case ast.If():
                yield from flattened(statement.body)
                yield from flattened(statement.orelse)
            case ast.Try():
                yield from flattened(statement.body)
            case ast.With():
                yield from flattened(statement.body)
            case _:
                yield statement


def _with_documentation(
    node: ast.Module | ast.ClassDef | Function, body: list[ast.stmt], wanted: bool
) -> list[ast.stmt]:
    text = ast.get_docstring(node) if wanted else None
    if not text:
        return body
    paragraph = text.strip().split("\n\n")[0][:MOST_DOCUMENTATION]
    return [ast.Expr(ast.Constant(paragraph)), *body]


def _default(value: ast.expr) -> ast.expr:
    """Short ones say what a parameter is for."""
    short = isinstance(value, ast.Constant) and len(repr(value.value)) <= 30
    negative = isinstance(value, ast.UnaryOp) and isinstance(value.operand, ast.Constant)
    return value if short or negative else DOTS


def _assignment(name: str, value: ast.expr, of_class: bool) -> ast.stmt:
    target = ast.Name(name, ast.Store())
    match value:
        case ast.Name() | ast.Attribute() if not of_class:
            return ast.Assign([target], value)  # another name of something
        case ast.List() | ast.Tuple() if name == "__all__":
            return ast.Assign([target], value)
        case ast.Call() if _last_name(value) in MAKERS_OF_TYPES:
            return ast.Assign([target], value)
        case ast.Subscript() if not of_class:
            return ast.Assign([target], value)  # an alias of a type
    return ast.AnnAssign(target, ast.Name(_type_of(value), ast.Load()), None, 1)


def _type_of(value: ast.expr) -> str:
    kinds = {ast.List: "list", ast.ListComp: "list", ast.Dict: "dict", ast.DictComp: "dict",
             ast.Set: "set", ast.Tuple: "tuple", ast.JoinedStr: "str"}  # fmt: skip
    if isinstance(value, ast.Constant) and type(value.value) in (int, float, str, bytes, bool):
        return type(value.value).__name__
    if (
        isinstance(value, ast.Call)
        and isinstance(value.func, ast.Name)
        and _is_class(value.func.id)
    ):
        return value.func.id
    return kinds.get(type(value), "object")


def _attributes(found: ast.ClassDef) -> Iterator[ast.stmt]:
    """Of instances, as `__init__` assigns them."""
    for function in found.body:
        if not (isinstance(function, ast.FunctionDef) and function.name == "__init__"):
            continue
        arguments = [*function.args.args, *function.args.kwonlyargs]
        types = {each.arg: each.annotation for each in arguments}
        for node in ast.walk(function):
            match node:
                case ast.Assign(targets=[ast.Attribute(ast.Name("self"), name)], value=value):
                    kind = types.get(value.id) if isinstance(value, ast.Name) else None
                    known = kind or ast.Name(_type_of(value), ast.Load())
                    if known.id != "object" if isinstance(known, ast.Name) else True:
                        yield ast.AnnAssign(ast.Name(name, ast.Store()), known, None, 1)
                case ast.AnnAssign(target=ast.Attribute(ast.Name("self"), name)):
                    yield ast.AnnAssign(ast.Name(name, ast.Store()), node.annotation, None, 1)


def _results(body: list[ast.stmt]) -> Iterator[ast.expr | None]:
    """What a function returns, without those that are within it."""
    for statement in body:
        if isinstance(statement, ast.Return):
            yield statement.value
        elif not isinstance(statement, Function | ast.ClassDef):
            for _, value in ast.iter_fields(statement):
                parts = value if isinstance(value, list) else []
                yield from _results([each for each in parts if isinstance(each, ast.stmt)])
                for each in parts:
                    if isinstance(each, ast.ExceptHandler | ast.match_case):
                        yield from _results(each.body)


def _is_class(name: str) -> bool:
    """By the custom of naming."""
    return name[:1].isupper() and not name.isupper()


def _returned(function: Function) -> ast.expr | None:
    """The type of the result where it is plain: `self`, for methods that can be chained, or an
    instance of one class."""
    returns = list(_results(function.body))
    chained = returns and all(isinstance(each, ast.Name) and each.id == "self" for each in returns)
    if chained or function.name == "__new__":
        return ast.Attribute(ast.Name("typing", ast.Load()), "Self", ast.Load())
    made = {
        each.func.id
        for each in returns
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Name)
    }
    calls = all(isinstance(each, ast.Call) and isinstance(each.func, ast.Name) for each in returns)
    if len(made) == 1 and calls and _is_class(name := made.pop()):
        return ast.Name(name, ast.Load())
    return None


def _last_name(node: ast.expr) -> str:
    match node:
        case ast.Call():
            return _last_name(node.func)
        case ast.Attribute():
            return node.attr
        case ast.Name():
            return node.id
    return ""


def _name_of(statement: ast.stmt) -> str:
    match statement:
        case ast.AnnAssign(target=ast.Name(id=name)):
            return name
        case ast.Assign(targets=[ast.Name(id=name)]):
            return name
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return name
    return ""
