#!/usr/bin/env bash
# Install what the tests need and run every check; further arguments go to pytest. The last lines are pytest's summary.
set -euo pipefail
# shellcheck source=installer/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
cd "$ROOT"

need_packages "${QT_PACKAGES[@]}" poppler-utils qpdf xvfb xauth chromium
install_project dev

failed=()
check() {
    say "== $1"
    "$VENV_PYTHON" "${@:2}" || failed+=("$1")
}
check "ruff check" -m ruff check --quiet .
check "ruff format" -m ruff format --quiet --check .
check "mypy --strict" -m mypy --strict
check "lint-imports" "$VENV/bin/lint-imports"

export QT_QPA_PLATFORM=${QT_QPA_PLATFORM:-offscreen}
result=0
"$VENV_PYTHON" -m pytest -q -n 2 --dist loadfile "$@" || result=$?
if [ "${#failed[@]}" -gt 0 ]; then
    say "未通过的检查：${failed[*]}"
    [ "$result" -ne 0 ] || result=1
fi
exit "$result"
