#!/usr/bin/env bash
# Every attack on the sandbox, on each limit backend of this machine, with those that need seconds
# until their run is ended. Arguments go to pytest: `scripts/test-attacks.sh -k locks`.
. "$(dirname "$0")/lib.sh"

scripts/setup.sh
scripts/develop.sh
unset DATABASE_URL REDIS_URL DEBUG ALLOWED_HOSTS CSRF_TRUSTED_ORIGINS CORS_ALLOWED_ORIGINS PORT

attacks() {
    timeout "${ATTACKS_SECONDS:-3600}" "$PYTHON" -m pytest -m "attacks or not attacks" "$@"
}

say "Every attack on the sandbox"
attacks tests/sandbox "$@"
say "The same, started from GUI runs"
mapfile -t attackers < <(grep -l "from tests.sandbox.attack import" tests/sandbox/test_*.py)
ATTACKS_FROM=windows attacks "${attackers[@]}" "$@"
