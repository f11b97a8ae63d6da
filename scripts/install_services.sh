#!/usr/bin/env bash
# What tests start by themselves: servers, on free ports, a browser, and newuidmap.
. "$(dirname "$0")/lib.sh"

missing=()
has redis-server || missing+=(redis-server)
has newuidmap || missing+=(uidmap)
[ -x /usr/sbin/nginx ] || missing+=(nginx-light)
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
[ "${1:-}" = without-browser ] || has chromium || missing+=(chromium)
[ ${#missing[@]} = 0 ] || need_packages "${missing[@]}"
