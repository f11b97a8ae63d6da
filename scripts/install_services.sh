#!/usr/bin/env bash
# The servers and the browser that tests start by themselves, on free ports, as their own processes.
. "$(dirname "$0")/lib.sh"

missing=()
has redis-server || missing+=(redis-server)
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
[ "${1:-}" = without-browser ] || has chromium || missing+=(chromium)
[ ${#missing[@]} = 0 ] || need_packages "${missing[@]}"
