#!/usr/bin/env bash
# A release of what is committed: `make release VERSION=1.2.3`. Its checks are those of release.py.
. "$(dirname "$0")/lib.sh"

scripts/install.sh
exec "$PYTHON" scripts/release.py ${VERSION:+"$VERSION"} "$@"
