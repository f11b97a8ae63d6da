"""Calls a function in a process of its own, with Django set up as the environment says.

`python tests/call.py MODULE FUNCTION` takes the arguments as JSON on standard input, and prints
the result as JSON. `Product.call` runs it with the configuration of a site. `tests` is that of
this file; the product is that of the current directory, which may be of another revision.
"""

import asyncio
import importlib
import inspect
import json
import os
import sys
from pathlib import Path

import django


def main() -> None:
    module, name = sys.argv[1:]
    use_product_of(Path.cwd())
    arguments = json.load(sys.stdin)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coderunner.settings")
    django.setup()
    result = getattr(importlib.import_module(module), name)(*arguments)
    if inspect.iscoroutine(result):
        result = asyncio.run(result)
    print(json.dumps(result))


def use_product_of(root: Path) -> None:
    sys.path[0] = str(Path(__file__).parents[1])
    importlib.import_module("tests")
    sys.path[0] = str(root)


if __name__ == "__main__":
    main()
