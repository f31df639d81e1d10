"""Help in Chinese: for the program, every command and every operation."""

import argparse

import pytest

from tests.shelling import ARGPARSE, CHINESE, CommandLine, run_command
from wenlv_desk.cli.acts import operation_parser
from wenlv_desk.cli.batches import batch_parser
from wenlv_desk.cli.main import build_parser
from wenlv_desk.core.operations import Subject
from wenlv_desk.registries import catalogue


def commands() -> dict[str, argparse.ArgumentParser]:
    found = [action for action in build_parser()._actions if isinstance(action, argparse._SubParsersAction)]
    return dict(found[0].choices)


def operations() -> list[tuple[str, str]]:
    book = catalogue()
    return [(registry.name, name) for registry in book.registries.values() for name in book.operations_on(registry)]


def is_for_many(register: str, name: str) -> bool:
    return catalogue().operation(catalogue().registry(register), name).for_many


def test_the_program_explains_itself_in_chinese() -> None:
    shown = run_command(["--help"])
    assert shown.code == 0
    assert shown.out.startswith("用法：wenlv-desk 命令 [选项]")
    assert not ARGPARSE.search(shown.out)
    for name, parser in commands().items():
        assert f"\n  {name} " in shown.out
        assert isinstance(parser.prog, str)


@pytest.mark.parametrize("name", list(commands()))
def test_every_command_explains_itself_in_chinese(name: str) -> None:
    shown = run_command([name, "--help"])
    assert shown.code == 0
    assert shown.out.startswith(f"用法：wenlv-desk {name}")
    assert not ARGPARSE.search(shown.out)


@pytest.mark.parametrize("name", list(commands()))
def test_every_argument_of_a_command_is_explained(name: str) -> None:
    for action in commands()[name]._actions:
        assert CHINESE.search(action.help or ""), action
        if action.nargs != 0:
            assert CHINESE.search(str(action.metavar)), action


@pytest.mark.parametrize(("register", "name"), operations())
def test_the_help_of_an_operation_names_every_argument_with_its_label(register: str, name: str) -> None:
    registry = catalogue().registry(register)
    op = catalogue().operation(registry, name)
    shown = operation_parser(registry, op).format_help()
    assert op.title in shown
    assert not ARGPARSE.search(shown)
    assert ("记录" in shown.split("\n")[0]) == (op.subject is Subject.RECORD)
    for declared in op.parameters(registry):
        line = next(line for line in shown.splitlines() if line.startswith(f"  --{declared.name} "))
        assert declared.label in line
        assert not declared.required or "必填" in line


@pytest.mark.parametrize(("register", "name"), [one for one in operations() if is_for_many(*one)])
def test_the_help_of_a_batch_names_how_to_select_and_every_argument(register: str, name: str) -> None:
    registry = catalogue().registry(register)
    op = catalogue().operation(registry, name)
    shown = batch_parser(registry, op).format_help()
    assert not ARGPARSE.search(shown)
    for option in ("search", "where", "dry-run", *(declared.name for declared in op.parameters(registry))):
        assert f"\n  --{option} " in shown


def test_the_help_of_an_operation_is_reached_through_do(seen: CommandLine) -> None:
    shown = seen.ask("do", "publication_licence.renew", "--help")
    assert shown.code == 0
    assert shown.out.startswith("用法：wenlv-desk do publication_licence.renew 记录 [选项]")
    assert "--decided_on 准予延续日期" in shown.out


def test_the_version_is_shown() -> None:
    assert run_command(["--version"]).out.startswith("wenlv-desk ")
