# Every command of the project. The same ones run on your machine and in CI.
.PHONY: help setup run test check bench

help:
	@echo "make setup   install what the product needs (.venv, front end, bubblewrap)"
	@echo "make run     set up, then serve on http://127.0.0.1:$${PORT:-8000}"
	@echo "make test    every test, against real Redis, PostgreSQL and Chromium"
	@echo "make check   format, lint, types, import contracts, size budget"
	@echo "make bench   the benchmark, as a table of ratios"

setup run test check bench:
	@scripts/$@.sh
