#!/usr/bin/env bash
# Everything that can be said about the code without running the product.
# With names, these checks alone: `scripts/check.sh lint "import contracts"`.
. "$(dirname "$0")/lib.sh"

scripts/develop.sh
export DATABASE_URL=sqlite://:memory:
unset REDIS_URL DEBUG

wanted=("$@") failed=() ran=()
is_wanted() {
    [ ${#wanted[@]} = 0 ] || [[ "|$(printf '%s|' "${wanted[@]}")" = *"|$1|"* ]]
}
# check NAME COMMAND…: goes on after a failure, so that one run shows them all.
check() {
    local name=$1
    shift
    is_wanted "$name" || return 0
    ran+=("$name")
    say "$name"
    "$@" || failed+=("$name")
}
# The longest check uses one core: it begins first, and the others run beside it.
if is_wanted types; then
    types=$(mktemp)
    mypy >"$types" 2>&1 &
    mypy=$!
fi
types_have_passed() {
    local code=0
    wait "$mypy" || code=$?
    cat "$types"
    rm -f "$types"
    return "$code"
}

check format ruff format --check --quiet .
check lint ruff check --quiet .
check spelling codespell
check "import contracts" lint-imports --no-logo
check sizes "$PYTHON" scripts/check_size.py
check "lock files" "$PYTHON" scripts/check_lock.py
check migrations "$PYTHON" manage.py makemigrations --check --dry-run
check "generated TypeScript" "$PYTHON" manage.py protocol_ts --check
check translations "$PYTHON" scripts/messages.py --check
check "front end" npm run --silent check
check types types_have_passed

[ ${#wanted[@]} = 0 ] || [ ${#ran[@]} = ${#wanted[@]} ] || die "no such check among: ${wanted[*]}"
[ ${#failed[@]} = 0 ] || die "not clean: $(printf '%s; ' "${failed[@]}")"
say "All checks passed"
