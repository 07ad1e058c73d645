#!/bin/sh
# Makes ready what LaporDesk needs on this machine, and only what is missing.
#
#   tools/prepare.sh run      .venv from requirements.lock
#   tools/prepare.sh test     .venv from requirements-dev.lock, PostgreSQL and Chromium for the tests
#
# PYTHON=/path/to/python chooses another Python; otherwise the first one that is new enough is taken.
set -eu
cd "$(dirname "$0")/.."

main() {
    case "${1:-}" in
        run) make_environment requirements.lock ;;
        test)
            make_environment requirements-dev.lock
            need_postgresql
            need_chromium
            ;;
        *) stop "say what for: tools/prepare.sh run, or tools/prepare.sh test" ;;
    esac
}

# --- The Python environment -------------------------------------------------------------------------

make_environment() {
    stamp="$(stamp_of "$1")"
    is_made "$stamp" && return
    say "Making the Python environment in .venv from $1: once, about a minute"
    usable_environment || create_environment
    install_packages "$1"
    # The development lock holds all of the runtime lock (tests/test_house.py sees to it).
    [ "$1" = requirements.lock ] || stamp="$stamp $(stamp_of requirements.lock)"
    echo "$stamp" > .venv/made-from
    say "The Python environment is ready"
}

# The folder belongs to the stamp: an environment does not survive being moved.
stamp_of() {
    { pwd; cat "$1" pyproject.toml; } | sha256sum | cut -c1-64
}

is_made() {
    [ -x .venv/bin/lapordesk ] && grep -qs "$1" .venv/made-from
}

usable_environment() {
    [ -x .venv/bin/python ] && .venv/bin/python -m pip --version > /dev/null 2>&1 &&
        [ "$(.venv/bin/python -c 'import sys; print(sys.prefix)')" = "$(pwd)/.venv" ] &&
        new_enough .venv/bin/python
}

create_environment() {
    python="$(find_python)"
    [ -n "$python" ] || stop "LaporDesk needs Python 3.11 or later: sudo apt-get install python3 python3-venv"
    if ! "$python" -c 'import ensurepip' 2> /dev/null; then
        version="$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')"
        install_debian_packages "python$version-venv"
    fi
    rm -rf .venv
    "$python" -m venv .venv
}

# A name on the PATH proves nothing (pyenv leaves stubs for versions that are switched off): ask each one.
find_python() {
    for name in ${PYTHON:-python3 python3.13 python3.12 python3.11 python3.14}; do
        if new_enough "$name"; then
            echo "$name"
            return
        fi
    done
}

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' > /dev/null 2>&1
}

# uv is the quicker where it is there and finds the packages; pip, set up as this machine has it, always goes.
install_packages() {
    command -v uv > /dev/null && install_with "$1" uv pip install --python .venv/bin/python && return
    install_with "$1" .venv/bin/python -m pip install --disable-pip-version-check
}

# The lock's hashes cover the build backend too: nothing unpinned is fetched for our own package.
install_with() {
    lock="$1"
    shift
    "$@" --require-hashes -r "$lock" && "$@" --no-build-isolation --no-deps -e .
}

# --- What only the tests need -----------------------------------------------------------------------

need_postgresql() {
    has_postgresql || install_debian_packages postgresql
    has_postgresql || stop "PostgreSQL is installed, but its initdb is not to be found in /usr/lib/postgresql"
}

has_postgresql() {
    command -v initdb > /dev/null || ls /usr/lib/postgresql/*/bin/initdb > /dev/null 2>&1
}

need_chromium() {
    has_chromium || install_debian_packages chromium
    has_chromium || stop "the browser tests need chromium, chromium-browser or google-chrome on the PATH"
}

has_chromium() {
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        "$name" --version > /dev/null 2>&1 && return
    done
    return 1
}

# --- Debian's and Ubuntu's packages -----------------------------------------------------------------

install_debian_packages() {
    command -v apt-get > /dev/null || stop "please install what Debian calls: $*"
    if [ "$(id -u)" = 0 ]; then
        as_root=""
    elif sudo -n true 2> /dev/null; then
        as_root="sudo"
    else
        stop "missing: $*; please run: sudo apt-get install $*"
    fi
    say "Installing with apt-get: $*"
    $as_root apt-get update < /dev/null || say "The package lists could not be renewed; trying with the old ones"
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" < /dev/null ||
        stop "apt-get could not install: $*"
}

say() {
    echo "== $*"
}

stop() {
    echo "prepare: $*" >&2
    exit 1
}

main "$@"
