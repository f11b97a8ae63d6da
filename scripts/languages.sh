#!/usr/bin/env bash
# Installs what programs in other languages need: of all languages, or of those named, the packages
# of Python (`python-packages`) and what shows windows of programs (`windows`); then tries each
# language. Run again, it does only what is missing. Debian's packages come from apt; the rest is
# unpacked into /opt/coderunner, or TOOLCHAINS_FOLDER, by hashes of lock files.
. "$(dirname "$0")/lib.sh"

[ -x "$PYTHON" ] || scripts/install.sh

names=$("$PYTHON" -m scripts.languages names "$@")
choose_toolchains_folder

count=$(wc -w <<<"$names") number=0 prepared=()
for name in $names; do
    number=$((number + 1))
    say "$number of $count: $name"
    if [ "$name" = python-packages ]; then
        [ ! -e scripts/python_packages.sh ] || scripts/python_packages.sh
        continue
    fi
    missing=$("$PYTHON" -m scripts.languages packages "$name" | tr '\n' ' ')
    # Not quoted: words.
    [ -z "${missing// /}" ] || need_packages $missing
    [ "$name" != windows ] || continue
    "$PYTHON" -m scripts.languages unpack "$name"
    prepared+=("$name")
done
[ ${#prepared[@]} = 0 ] && exit
"$PYTHON" -m scripts.languages prepare "${prepared[@]}"
# Once, so that no executor has to beside programs that start; not where an image is built.
[ ! -e manage.py ] || "$PYTHON" manage.py doctor --languages "${prepared[@]}" --untried
