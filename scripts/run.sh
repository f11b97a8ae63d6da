#!/usr/bin/env bash
# The whole product in one process, for one machine.
. "$(dirname "$0")/lib.sh"

scripts/setup.sh
"$PYTHON" manage.py migrate --verbosity 0
"$PYTHON" manage.py ensure_demo_users
# What is touched between two keys lies on few huge pages (docs/deployment.md).
export PYTHONMALLOC=malloc GLIBC_TUNABLES=glibc.malloc.hugetlb=1
exec "$PYTHON" manage.py serve --port "${PORT:-8000}"
