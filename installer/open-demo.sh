#!/usr/bin/env bash
# Install what is missing and open the desk on a demonstration bureau; without a screen, prove the same headless.
# Usage: bash installer/open-demo.sh [data folder]
set -euo pipefail
# shellcheck source=installer/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

DATA=${1:-${XDG_DATA_HOME:-$HOME/.local/share}/wenlv-desk-demo}

desk() { "$VENV_PYTHON" -m wenlv_desk --data "$DATA" "$@"; }

first_operator() {
    desk --json list operator --limit 1 | "$VENV_PYTHON" -c 'import json, sys; print(json.load(sys.stdin)["rows"][0]["id"])'
}

prove_headless() {
    local out operator
    out=$(mktemp -d)
    export QT_QPA_PLATFORM=offscreen
    desk desk --shot "$out/desk.png"
    [ -s "$out/desk.png" ] || fail "窗口没有画出来。"
    desk check
    operator=$(first_operator)
    desk print operator_card "$operator" --out "$out/operator_card.pdf"
    [ "$(head -c 5 "$out/operator_card.pdf")" = "%PDF-" ] || fail "文书没有生成。"
    say "自检通过：窗口截图 $out/desk.png，一企一档 $out/operator_card.pdf"
}

need_packages "${QT_PACKAGES[@]}"
install_project ""

mkdir -p "$DATA"
if [ -z "$(ls -A "$DATA")" ]; then
    say "正在生成演示数据：$DATA"
    desk demo
fi
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    say "正在打开文旅台账（数据文件夹：$DATA）"
    desk desk
else
    say "本机没有屏幕，无法打开窗口。改为无屏自检：画出窗口、检查数据、打印一份文书。"
    prove_headless
fi
