#!/usr/bin/env bash
# Every test, those of the front end first. Arguments go to pytest. `make coverage` measures, too,
# how much of the code they execute, and takes longer.
. "$(dirname "$0")/lib.sh"

scripts/setup.sh
scripts/develop.sh
scripts/install_services.sh
# The representative set: of the other languages see `make test-languages`.
scripts/languages.sh python-packages javascript java c cpp go sqlite bash
export REQUIRE_TOOLCHAINS=yes
# A developer's own configuration is not what the tests are about.
unset DATABASE_URL REDIS_URL DEBUG ALLOWED_HOSTS CSRF_TRUSTED_ORIGINS CORS_ALLOWED_ORIGINS PORT

python_tests=(-m pytest -n 3 --dist loadfile --durations=15 "$@")
if [ -z "${COVERAGE:-}" ]; then
    say "Front-end tests"
    npm run --silent test
    say "Python and end-to-end tests"
    exec "$PYTHON" "${python_tests[@]}"
fi

say "Front-end tests, with coverage by these unit tests alone"
npm run --silent coverage
say "Python and end-to-end tests"
rm -rf var/coverage/data*
code=0
"$PYTHON" -m coverage run "${python_tests[@]}" || code=$?
say "Coverage of Python, web workers and executors as processes of their own included"
"$PYTHON" -m coverage combine --quiet && "$PYTHON" -m coverage report || true
exit "$code"
