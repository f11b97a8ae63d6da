#!/usr/bin/env bash
# The whole product in one process, for one machine.
. "$(dirname "$0")/lib.sh"

scripts/setup.sh
"$PYTHON" manage.py migrate --verbosity 0
"$PYTHON" manage.py ensure_demo_users
exec "$PYTHON" manage.py serve --port "${PORT:-8000}"
