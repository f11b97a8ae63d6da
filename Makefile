# Every command of the project. The same ones run on your machine and in CI.
.PHONY: help setup run test test-faults check bench soak

help:
	@echo "make setup   install what the product needs (.venv, front end, bubblewrap)"
	@echo "make run     set up, then serve on http://127.0.0.1:$${PORT:-8000}"
	@echo "make test    every test, against real Redis, PostgreSQL and Chromium"
	@echo "make test-faults   every fault of tests/scale ten times (FAULTS_TIMES), with long outages"
	@echo "make check   format, lint, types, import contracts, size budget"
	@echo "make bench   the benchmark, as a table of ratios; ARGS=all, or names of sections"
	@echo "             BASE=<commit> compares this tree with another revision"
	@echo "make soak    a class at work for 30 minutes: every byte checked, nothing may grow"

setup run test test-faults check bench soak:
	@scripts/$@.sh $(ARGS)
