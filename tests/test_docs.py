"""What the documents say is so: commands exist, links lead somewhere, nothing names one machine."""

import argparse
import re
import shlex
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

from tests.repository import ROOT, tracked
from wenlv_desk.cli.main import build_parser

README = (ROOT / "README.md").read_text(encoding="utf-8")
SHELL_SCRIPTS = tracked("installer/*.sh", ".ci/*")

CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
# Written in pieces, or this file would be what it looks for.
MACHINE_PATHS = ["/" + "work/", "/" + "root/"]
REGISTRY_HOSTS = [
    name + "." + end
    for name, end in [
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("registry.npmjs", "org"),
        ("npmmirror", "com"),
        ("deb.debian", "org"),
        ("archive.ubuntu", "com"),
        ("tuna.tsinghua", "edu.cn"),
        ("mirrors.aliyun", "com"),
        ("proxy.golang", "org"),
    ]
]


def commands_in(text: str) -> list[str]:
    """Every command that stands in code: inline, or a line of a fenced block."""
    fenced = re.findall(r"^```(?:bash|sh)\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)
    return [line.strip() for block in fenced for line in block.splitlines()] + CODE.findall(text)


def subparsers(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    found = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    return {name: sub for action in found for name, sub in action.choices.items()}


def documented_commands(text: str, parser: argparse.ArgumentParser) -> set[str]:
    """The subcommands of `wenlv-desk` that the text shows, whatever options stand before them."""
    takes_value = {option for action in parser._actions if action.nargs != 0 for option in action.option_strings}
    found = set()
    for command in commands_in(text):
        program, *words = command.split()
        if not program.endswith("wenlv-desk"):
            continue
        while words and words[0].startswith("-"):
            words = words[2:] if words[0] in takes_value else words[1:]
        if words:
            found.add(words[0])
    return found


def is_text(path: Path) -> bool:
    with path.open("rb") as file:
        return b"\0" not in file.read(8000)


@cache
def texts() -> dict[str, str]:
    """Path to content of every tracked file that is text."""
    paths = {name: ROOT / name for name in tracked()}
    return {name: path.read_text(encoding="utf-8", errors="replace") for name, path in paths.items() if is_text(path)}


def test_the_two_commands_of_the_readme_exist() -> None:
    scripts = {shlex.split(line)[1] for line in commands_in(README) if line.startswith("bash ")}
    assert scripts == {"installer/open-demo.sh", "installer/run-tests.sh"}
    assert scripts <= set(SHELL_SCRIPTS)


@pytest.mark.parametrize("script", SHELL_SCRIPTS)
def test_every_shell_script_can_be_read_by_bash(script: str) -> None:
    read = subprocess.run(["bash", "-n", ROOT / script], capture_output=True, text=True, check=False)
    assert (read.returncode, read.stderr) == (0, "")


@pytest.mark.skipif(shutil.which("shellcheck") is None, reason="shellcheck is not on this machine")
def test_shellcheck_has_nothing_to_say() -> None:
    said = subprocess.run(
        ["shellcheck", "--external-sources", *SHELL_SCRIPTS], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert said.stdout == ""


def test_the_readme_names_every_command_and_no_other() -> None:
    parser = build_parser()
    assert documented_commands(README, parser) == set(subparsers(parser))


def test_a_command_is_found_behind_its_options() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data")
    parser.add_argument("--json", action="store_true")
    text = "`wenlv-desk --data DIR --json list operator`\n```bash\n.venv/bin/wenlv-desk check\n```\n`wenlv-desk --help`"
    assert documented_commands(text, parser) == {"list", "check"}


@pytest.mark.parametrize("document", tracked("*.md"))
def test_every_relative_link_leads_to_a_file(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    targets = [link.partition("#")[0] for link in LINK.findall(text) if not re.match(r"[a-z]+:|#", link)]
    broken = [target for target in targets if not (Path(ROOT / document).parent / target).exists()]
    assert broken == []


@pytest.mark.parametrize("row", re.findall(r"^\| (`[^|]+`) \| ", README, flags=re.MULTILINE))
def test_every_place_the_readme_lists_exists(row: str) -> None:
    places = [place for place in CODE.findall(row) if not place.startswith("wenlv-desk ")]
    assert [place for place in places if not (ROOT / place).exists()] == []


def test_the_changelog_has_an_unreleased_section() -> None:
    sections = re.findall(r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert sections[0] == "Unreleased"


@pytest.mark.parametrize("forbidden", MACHINE_PATHS + REGISTRY_HOSTS)
def test_no_file_names_this_machine_or_a_registry(forbidden: str) -> None:
    assert [name for name, text in texts().items() if forbidden in text] == []
