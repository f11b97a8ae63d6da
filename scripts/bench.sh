#!/usr/bin/env bash
# The benchmark: how far from a bare PTY and a bare interpreter we are. `all`, or names of sections.
# BASE=<commit> compares this tree with another revision instead.
. "$(dirname "$0")/lib.sh"

scripts/setup.sh
scripts/develop.sh
case " $* " in
  *" page "* | *" all "*) scripts/install_services.sh ;;
  *) scripts/install_services.sh without-browser ;;
esac
unset DATABASE_URL REDIS_URL DEBUG ALLOWED_HOSTS CSRF_TRUSTED_ORIGINS CORS_ALLOWED_ORIGINS PORT
[ -z "${BASE:-}" ] || exec "$PYTHON" -m bench.revisions "$BASE" "$@"
exec "$PYTHON" -m bench "$@"
