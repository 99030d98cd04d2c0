# Shell pieces shared by the commands in bin/: the Python, its .venv, and the system's packages.
# Sourced, never run. Every command stands in the project's root, in $root.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
venv=$root/.venv
cd "$root"

say() { printf '%s\n' "$*"; }
refuse() {
    printf '%s\n' "$*" >&2
    exit 1
}

# ---- the Python ---------------------------------------------------------------------------------

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }
makes_venvs() { "$1" -c 'import ensurepip, venv' >/dev/null 2>&1; }

# Sets $python: the first that is new enough, really runs (a shim may only claim to) and can make a
# venv; else the first that lacks just that, for which Debian keeps a package of its own.
choose_python() {
    local name
    python=
    for name in python3.13 python3.12 python3.11 python3 python3.14 python /usr/bin/python3; do
        new_enough "$name" || continue
        if makes_venvs "$name"; then
            python=$name
            return
        fi
        python=${python:-$name}
    done
    [ -n "$python" ] ||
        refuse "Python 3.11 or newer is needed; found here: $(python3 --version 2>/dev/null || echo none)."
    install_venv_package
}

install_venv_package() {
    local package
    package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    apt_install "Python's venv" "$package"
    makes_venvs "$python" ||
        refuse "$python still makes no virtual environments; install another Python 3.11 or newer."
}

# ---- the .venv ----------------------------------------------------------------------------------

# A stamp says what stands in the .venv: its place (a moved one breaks), its Python, the locks' hash.
stamp_now() {
    local version
    version=$("$venv/bin/python" -c 'import sys; print(*sys.version_info[:3])' 2>/dev/null) || return 1
    printf '%s\n%s\n' "$venv" "$version"
    cat "$@" | sha256sum
}
stamped() {
    local wanted
    [ -f "$venv/$1.stamp" ] || return 1
    wanted=$(stamp_now "${@:2}") && [ "$wanted" = "$(cat "$venv/$1.stamp")" ]
}

# The development lock holds all of the runtime's at the same pins, so its stamp answers for both.
shop_installed() { test_tools_installed || stamped shop requirements.lock; }
test_tools_installed() { stamped development requirements.lock requirements-dev.lock; }

venv_sound() {
    [ -x "$venv/bin/pip" ] && head -n 2 "$venv/bin/pip" | grep -qF "$venv/" &&
        new_enough "$venv/bin/python" && "$venv/bin/python" -m pip --version >/dev/null 2>&1
}

need_shop() {
    shop_installed || one_at_a_time install_shop
}
need_test_tools() {
    test_tools_installed || one_at_a_time install_test_tools
}
install_shop() {
    shop_installed && return # the one we waited for has done it
    venv_sound || make_venv
    say "Installing what the shop needs (once) …"
    install_lock shop requirements.lock requirements.lock
}
install_test_tools() {
    test_tools_installed && return
    venv_sound || make_venv
    say "Installing what the shop and its tests need (once) …"
    install_lock development requirements-dev.lock requirements.lock requirements-dev.lock
}

# install_lock STAMP LOCK LOCKS-OF-THE-STAMP…; the stamp is written last, so a broken-off try shows.
install_lock() {
    local stamp=$1 lock=$2 log
    rm -f "$venv/$stamp.stamp"
    log=$venv/install.log
    PIP_USER=0 "$venv/bin/python" -m pip install --quiet --no-input --disable-pip-version-check \
        --require-hashes -r "$lock" </dev/null >"$log" 2>&1 || {
        tail -n 15 "$log" >&2
        refuse "$lock could not be installed (network? the whole story: $log)."
    }
    stamp_now "${@:3}" >"$venv/$stamp.new"
    mv "$venv/$stamp.new" "$venv/$stamp.stamp"
}

make_venv() {
    choose_python
    rm -rf "$venv"
    "$python" -m venv "$venv" || refuse "$python could not make $venv."
}

# A second command started meanwhile waits here. The lock is the root directory itself; `flock` is
# util-linux, and where it is missing we go on alone.
one_at_a_time() {
    if command -v flock >/dev/null; then
        (
            flock 9
            "$@" 9>&-
        ) 9<"$root"
    else
        ("$@")
    fi
}

# ---- the system's packages ----------------------------------------------------------------------

# apt_install WHAT PACKAGE…: installs them where it may; else says the one line to type, and ends.
apt_install() {
    local what=$1 log
    shift
    command -v apt-get >/dev/null || refuse "Missing here: $what. Install: $*"
    may_install || refuse "Missing here: $what. Type:  sudo apt-get install -y $*"
    say "Installing $what (once): $* …"
    log=$(mktemp)
    if as_root apt-get update -qq >"$log" 2>&1 </dev/null &&
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
            -o DPkg::Lock::Timeout=300 "$@" >>"$log" 2>&1 </dev/null; then
        rm -f "$log"
    else
        tail -n 15 "$log" >&2
        refuse "apt-get could not install: $* (the whole story: $log)."
    fi
}
may_install() { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }
