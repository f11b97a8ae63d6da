#!/usr/bin/env bash
# `make test`, and how much of the code the tests execute. Arguments go to pytest.
COVERAGE=yes exec "$(dirname "$0")/test.sh" "$@"
