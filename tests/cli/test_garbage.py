"""Whatever stands in the arguments of an operation or a list, the shell does it or refuses; it never breaks."""

import itertools

import pytest

from tests.shelling import CommandLine
from wenlv_desk.core.operations import Subject
from wenlv_desk.registries import catalogue

GARBAGE = [
    *["", " ", "x", "-1", "0", "1", "9" * 23, "３", "2026-02-30", "9999-12-31", "0001-01-01", "长期", "无", "=1+1"],
    *["'; drop table operator;--", "𬱖\u200b", "a\nb\tc", "\x1b[31m", "1e400", "nan", "{}", "%s%n", "好" * 5000],
    *["/etc", "/nonexistent", "、、、", ",", "∞", "是", "否"],
]
EVERY = list(catalogue().registries)


@pytest.mark.parametrize("register", EVERY)
def test_no_argument_of_any_operation_breaks_the_shell(bureau: CommandLine, register: str) -> None:
    registry = catalogue().registry(register)
    values = itertools.cycle(GARBAGE)
    for op in catalogue().operations_on(registry).values():
        named = ["2"] if op.subject is Subject.RECORD else []
        words = [f"--{declared.name}={next(values)}" for declared in op.parameters(registry)]
        answer = bureau.ask("do", f"{register}.{op.name}", *named, *words)
        assert answer.code in (0, 2), f"{op.name} {words}\n{answer.err}"
    assert bureau.ask("check").code == 0


@pytest.mark.parametrize("register", EVERY)
def test_each_argument_alone_breaks_nothing(bureau: CommandLine, register: str) -> None:
    registry = catalogue().registry(register)
    values = itertools.cycle(GARBAGE)
    for declared, value in zip(registry.typed_fields.values() if registry.typed else (), values, strict=False):
        answer = bureau.ask("do", f"{register}.amend", "2", f"--{declared.name}={value}", "--why-anyway", "照登")
        assert answer.code in (0, 2), f"{declared.name} {value!r}\n{answer.err}"
    assert bureau.ask("check").code == 0


@pytest.mark.parametrize("register", EVERY)
def test_no_filter_sort_search_or_record_breaks_the_shell(seen: CommandLine, register: str) -> None:
    registry = catalogue().registry(register)
    names = [*registry.fields, *(computed.name for computed in registry.computed)]
    values = itertools.cycle(GARBAGE)
    for name, value in zip(names, values, strict=False):
        words = ["list", register, f"--where={name}={value}", f"--sort=-{name}", "--limit", "1"]
        answer = seen.ask(*words)
        assert answer.code in (0, 2), f"{words}\n{answer.err}"


@pytest.mark.parametrize("value", GARBAGE)
def test_nothing_that_is_looked_for_breaks_the_shell(seen: CommandLine, value: str) -> None:
    for register in ("operator", "publication_licence", "issued_paper"):
        for words in (["list", register, f"--search={value}"], ["show", register, value], ["history", register, value]):
            answer = seen.ask(*words)
            assert answer.code in (0, 2), f"{words}\n{answer.err}"
