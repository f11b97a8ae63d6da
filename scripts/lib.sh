# Sourced by every script: where we are, saying things, Debian packages, and stamps.
# A stamp remembers the checksum of what a slow step was made from, so that it runs only on change.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

PYTHON=.venv/bin/python
# Tools of the virtualenv first: ours, and Node when this machine had none.
export PATH="$PWD/.venv/bin:$PATH"
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore

say() { printf '\033[1m==> %s\033[0m\n' "$*"; }
die() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}
has() { command -v "$1" >/dev/null 2>&1; }

# need_packages PACKAGE…: installs Debian packages, or says in one line what to type.
need_packages() {
    local root=()
    has apt-get || die "missing: $*. Install them with your package manager, then try again."
    if [ "$(id -u)" != 0 ]; then
        has sudo && sudo -n true 2>/dev/null ||
            die "missing: $*. Install with: sudo apt-get install -y $*"
        root=(sudo)
    fi
    say "Installing $*"
    root+=(env DEBIAN_FRONTEND=noninteractive)
    "${root[@]}" apt-get update -qq || true # an old package list is often good enough
    "${root[@]}" apt-get install -y -qq --no-install-recommends "$@" </dev/null >/dev/null ||
        die "apt-get could not install: $*"
}

# Where runner/languages/places.py then looks: who is not root has a folder of their own.
choose_toolchains_folder() {
    [ -z "${TOOLCHAINS_FOLDER:-}" ] && [ "$(id -u)" != 0 ] || return 0
    export TOOLCHAINS_FOLDER="$HOME/.local/share/coderunner"
    mkdir -p "$TOOLCHAINS_FOLDER"
}

checksum() { sha256sum "$@" | sha256sum | cut -c1-32; }
checksum_of_text() { printf '%s' "$*" | sha256sum | cut -c1-32; }
# files_below PATH…: every file below the paths that exist, in a fixed order.
files_below() { find "$@" -type f 2>/dev/null | LC_ALL=C sort; }

fresh() { [ "$(cat "$1" 2>/dev/null)" = "$2" ]; } # fresh STAMP CHECKSUM
stamp() {                                         # stamp STAMP CHECKSUM
    mkdir -p "$(dirname "$1")"
    printf '%s\n' "$2" >"$1"
}

# install_python_packages LOCK_FILE…: into .venv, when one of the files has changed.
install_python_packages() {
    local sum mark=".venv/.stamps/$(basename "${@: -1}")"
    sum=$(checksum "$@" .venv/pyvenv.cfg)
    fresh "$mark" "$sum" && return
    say "Installing the Python packages of ${*: -1}"
    "$PYTHON" -m pip install --quiet --require-hashes "${@/#/--requirement=}"
    stamp "$mark" "$sum"
}
