"""Calls a function in a process of its own, with Django set up as the environment says.

`python -m tests.call MODULE FUNCTION` takes the arguments as JSON on standard input, and prints
the result as JSON. `Product.call` runs it with the configuration of a site.
"""

import asyncio
import importlib
import inspect
import json
import os
import sys

import django


def main() -> None:
    module, name = sys.argv[1:]
    arguments = json.load(sys.stdin)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coderunner.settings")
    django.setup()
    result = getattr(importlib.import_module(module), name)(*arguments)
    if inspect.iscoroutine(result):
        result = asyncio.run(result)
    print(json.dumps(result))


if __name__ == "__main__":
    main()
