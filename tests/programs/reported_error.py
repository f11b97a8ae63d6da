"""A program of a site that fails: `python -m tests.programs.reported_error DSN`.

It prints whether the library that reports errors is loaded.
"""

import logging
import sys

from coderunner import reporting


def broken(program: str) -> None:
    raise ValueError("it broke")


def main(dsn: str) -> None:
    reporting.begin(dsn, "1.2.3")
    try:
        broken("print" + "(secret)")
    except ValueError:
        logging.getLogger("site").exception("Something failed.")
    sentry = sys.modules.get("sentry_sdk")
    print(sentry is not None)
    if sentry:
        sentry.flush(2)


if __name__ == "__main__":
    main(sys.argv[1])
