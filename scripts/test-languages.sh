#!/usr/bin/env bash
# Installs every language, tries each in the sandbox, and prints a table of all trials. Arguments go
# to pytest: `scripts/test-languages.sh -k java`.
. "$(dirname "$0")/lib.sh"

scripts/setup.sh
scripts/develop.sh
scripts/languages.sh
unset DATABASE_URL REDIS_URL DEBUG ALLOWED_HOSTS CSRF_TRUSTED_ORIGINS CORS_ALLOWED_ORIGINS PORT

say "Every language, in the sandbox"
REQUIRE_TOOLCHAINS=yes LANGUAGES_TABLE=yes exec "$PYTHON" -m pytest -n 2 \
    -m "languages or not languages" tests/languages tests/fidelity/test_other_pythons.py \
    tests/sandbox/test_installed_packages.py tests/runner/executor/test_warm_pool.py "$@"
