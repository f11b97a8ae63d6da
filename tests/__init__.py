"""Where a test belongs.

A unit test calls the code of one package: in the test's own process (functions, Django's test
client, a consumer), or in a process of its own by `Product.call` when it needs PostgreSQL or a
fresh interpreter. Its path is that of the package: `tests/accounts`, `tests/coderunner`,
`tests/runner/history`. A module with several test files has a folder of its name.

A product test runs our programs as processes, uses several packages together, or reads what is
deployed. Its folder is a topic: `terminal`, `e2e`, `scale`, `sandbox`, `fidelity`, `operations`,
`examples`.

`tests/programs` has the tests' own programs, `tests/cast.py` the users of all tests.
"""
