# Every command of the project. The same ones run on your machine and in CI.
.PHONY: help setup run dev languages test coverage test-languages test-faults test-browsers test-attacks check audit sbom lock release bench soak

help:
	@echo "make setup   install what the product needs (.venv, front end, bubblewrap)"
	@echo "make run     set up, then serve on http://127.0.0.1:$${PORT:-8000}"
	@echo "make dev     as make run, from the sources: page and server reload when a file changes"
	@echo "make languages   install what programs in other languages need: all, or those of"
	@echo "             ARGS=\"python-packages javascript java …\""
	@echo "make test    the tests, against real Redis, PostgreSQL and Chromium"
	@echo "make coverage   the same, and how much of the code they execute"
	@echo "make test-languages   install every language and try it, and a table of all trials"
	@echo "make test-faults   every fault of tests/scale ten times (FAULTS_TIMES), with long outages"
	@echo "make test-browsers   all tests in Chromium: each page and dialog in every size, theme and language"
	@echo "make test-attacks   every attack on the sandbox, those that take long too"
	@echo "make check   format, lint, spelling, types, import contracts, sizes, lock files"
	@echo "make audit   known faults of packages and images, and bandit; once a week in CI"
	@echo "make sbom    bills of materials (CycloneDX) in var/sbom"
	@echo "make lock    compile requirements*.in and package.json into lock files with hashes"
	@echo "make release VERSION=1.2.3   date the changelog's section, commit and tag"
	@echo "make bench   the benchmark, as a table of ratios; ARGS=all, or names of sections"
	@echo "             BASE=<commit> compares this tree with another revision"
	@echo "make soak    a class at work for 30 minutes: every byte checked, nothing may grow"

setup run dev languages test coverage test-languages test-faults test-browsers test-attacks check audit sbom lock release bench soak:
	@scripts/$@.sh $(ARGS)
