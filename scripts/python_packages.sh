#!/usr/bin/env bash
# Installs what programs of students may import, for each Python of this machine or for those named.
# `make languages` calls it. Says nothing new, and takes a second, where all is installed.
. "$(dirname "$0")/lib.sh"

[ -x "$PYTHON" ] || scripts/install.sh
choose_toolchains_folder
has uv || install_python_packages requirements.txt requirements-languages.txt
exec "$PYTHON" -m scripts.python_packages "$@"
