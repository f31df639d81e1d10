# shellcheck shell=bash
# What open-demo.sh and run-tests.sh share: system packages, a Python, the virtual environment. Sourced, not run.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
VENV=$ROOT/.venv
VENV_PYTHON=$VENV/bin/python

# The libraries Qt's wheels expect of the system: the first six for any start, the next five for a screen (X11), the
# last for printing.
# shellcheck disable=SC2034 # read by the scripts that source this file
QT_PACKAGES=(
    libglib2.0-0 libgl1 libegl1 libxkbcommon0 libfontconfig1 libdbus-1-3
    libxcb-cursor0 libxkbcommon-x11-0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0
    libcups2
)

say() { printf '%s\n' "$*" >&2; }

fail() {
    say "错误：$*"
    exit 1
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        fail "需要管理员权限才能安装系统软件包。请以 root 运行，或先安装 sudo。"
    fi
}

# Newer Debian and Ubuntu append t64 to the names of some libraries.
is_installed() {
    local name
    for name in "$1" "$1t64"; do
        if [ "$(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null)" = installed ]; then
            return 0
        fi
    done
    return 1
}

# Install those of the named packages that are missing; does nothing, and asks nobody, when none is.
need_packages() {
    local name missing=()
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        say "本机不是 Debian 系统，请自行确认已装有与下列软件包相当的内容：$*"
        return 0
    fi
    for name in "$@"; do
        is_installed "$name" || missing+=("$name")
    done
    if [ "${#missing[@]}" -eq 0 ]; then
        return 0
    fi
    say "正在安装系统软件包：${missing[*]}"
    as_root apt-get update -q >&2 || say "软件包列表未能全部更新，仍尝试安装。"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}" >&2
}

# Python 3.11 to 3.13: the program needs 3.11, the pinned Qt has no wheel for 3.14.
is_usable_python() {
    command -v "$1" >/dev/null && "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null
}

find_python() {
    local name
    for name in python3 python3.13 python3.12 python3.11; do
        if is_usable_python "$name"; then
            command -v "$name"
            return 0
        fi
    done
    return 1
}

make_venv() {
    local python
    if [ -x "$VENV_PYTHON" ] && is_usable_python "$VENV_PYTHON" && "$VENV_PYTHON" -m pip --version >/dev/null 2>&1; then
        return 0
    fi
    if ! python=$(find_python); then
        need_packages python3
        python=$(find_python) || fail "没有找到 Python 3.11 至 3.13，请安装其中之一后再试。"
    fi
    "$python" -c 'import ensurepip, venv' 2>/dev/null || need_packages python3-venv
    say "正在建立运行环境：.venv"
    "$python" -m venv --clear "$VENV"
}

# Install the project into .venv, editable. $1: "" or "dev". A stamp of what was installed makes the second time quick.
install_project() {
    local extras=$1 wanted stamp
    make_venv
    wanted=$({ printf '%s\n' "$ROOT"; cat "$ROOT/pyproject.toml"; } | sha256sum)
    for stamp in "$VENV/installed-$extras" "$VENV/installed-dev"; do
        if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then
            return 0
        fi
    done
    say "正在安装程序所需的组件（首次约需几分钟）"
    "$VENV_PYTHON" -m pip install --quiet --disable-pip-version-check --editable "$ROOT${extras:+[$extras]}" >&2
    printf '%s\n' "$wanted" >"$VENV/installed-$extras"
}
