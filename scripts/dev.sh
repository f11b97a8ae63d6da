#!/usr/bin/env bash
# The product from its sources: pages and server are reloaded when a file changes. ^C ends it.
. "$(dirname "$0")/lib.sh"

scripts/install.sh
mkdir -p static/dist # Django looks for built files there; Vite serves the sources instead
"$PYTHON" scripts/messages.py --compile
"$PYTHON" manage.py migrate --verbosity 0
"$PYTHON" manage.py ensure_demo_users
exec "$PYTHON" scripts/dev.py
