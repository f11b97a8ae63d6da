#!/usr/bin/env bash
# A class at work for 30 minutes: every byte checked, nothing may grow. Arguments: minutes, students.
. "$(dirname "$0")/lib.sh"

scripts/develop.sh
scripts/install_services.sh without-browser
unset DATABASE_URL REDIS_URL DEBUG ALLOWED_HOSTS CSRF_TRUSTED_ORIGINS CORS_ALLOWED_ORIGINS PORT
exec "$PYTHON" -m bench.soak "$@"
