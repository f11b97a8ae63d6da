#!/usr/bin/env bash
# What the tests, the checks and the benchmark need beside the product's own packages.
. "$(dirname "$0")/lib.sh"

scripts/install.sh
install_python_packages requirements.txt requirements-dev.txt
