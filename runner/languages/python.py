from runner.languages.language import Language
from runner.languages.python_causes import find_cause
from runner.languages.python_errors import find_error

PYTHON = Language(
    id="python",
    name="Python",
    main="main.py",
    command=("/usr/bin/python3",),
    keep_open=("-i",),
    example='name = input("What is your name? ")\nprint(f"Hello, {name}!")\n',
    self_test=("print(6 * 7)\n", "42\r\n"),
    find_error=find_error,
    find_cause=find_cause,
    # One thread per numeric library: their pools count against the limit on processes.
    environment={
        f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL", "NUMEXPR")
    },
)
