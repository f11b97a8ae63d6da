#!/usr/bin/env bash
# What the tests, the checks and the benchmark need beside the product.
. "$(dirname "$0")/lib.sh"

scripts/setup.sh
install_python_packages requirements.txt requirements-dev.txt
