"""Runs one module of CPython's own tests, named by the first line of `module.txt`, and prints what
became of each test as soon as it is known: a program that is ended has told what came before."""

import os
import sys
import unittest
import warnings

from test import support  # type: ignore[import-not-found]  # of Debian's Python

MARK = "\x1e"  # at the start of a line of ours; tests print too
OUT = os.fdopen(os.dup(1), "w", buffering=1)


class Told(unittest.TestResult):
    def tell(self, what: str, test: unittest.TestCase) -> None:
        OUT.write(f"\n{MARK}{what} {test.id()}\n")

    def addSuccess(self, test: unittest.TestCase) -> None:
        self.tell("ok", test)

    def addError(self, test: unittest.TestCase, err: object) -> None:
        self.tell("error", test)

    addFailure = addError

    def addSubTest(self, test: unittest.TestCase, subtest: object, err: object) -> None:
        if err is not None:
            self.tell("error", test)

    def addSkip(self, test: unittest.TestCase, reason: str) -> None:
        self.tell("skip", test)

    def addExpectedFailure(self, test: unittest.TestCase, err: object) -> None:
        self.tell("ok", test)


def main() -> None:
    support.use_resources = []
    support.verbose = False
    warnings.simplefilter("ignore")
    with open("module.txt") as file:
        name = file.readline().strip()
    sys.argv = [f"/usr/lib/{name}"]
    unittest.defaultTestLoader.loadTestsFromName(f"test.{name}").run(Told())
    OUT.write(f"\n{MARK}end\n")


if __name__ == "__main__":
    main()
