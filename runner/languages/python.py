from runner.languages.language import Language

PYTHON = Language(
    id="python",
    name="Python",
    main="main.py",
    command=("/usr/bin/python3",),
    example='name = input("What is your name? ")\nprint(f"Hello, {name}!")\n',
    self_test=("print(6 * 7)\n", "42\r\n"),
    # One thread per numeric library: their pools count against the limit on processes.
    environment={
        f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL", "NUMEXPR")
    },
)
