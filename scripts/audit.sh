#!/usr/bin/env bash
# Known faults of what we use, and what bandit finds in our code. `scripts/audit.py` has the exit codes.
. "$(dirname "$0")/lib.sh"

scripts/install.sh
install_python_packages requirements.txt requirements-dev.txt requirements-audit.txt
exec "$PYTHON" -m scripts.audit
