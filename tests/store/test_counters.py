"""Several counters at once, and a counter that dies: numbers stay gap-free, writes wait, and the database stays sound."""

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.builders import Maker, dump
from tests.conftest import Clock
from tests.repository import ROOT
from wenlv_desk.core.errors import UserError
from wenlv_desk.core.operations import Operation, Subject
from wenlv_desk.registries.opening import open_desk
from wenlv_desk.store.check import check
from wenlv_desk.store.desk import Clerk, Desk
from wenlv_desk.store.gate import perform
from wenlv_desk.store.office import Office
from wenlv_desk.store.series import last_number
from wenlv_desk.store.tables import JournalEntry


def take_number(desk: Desk, registry: object) -> int:
    return desk.next_number("paper/登")


def take_and_fail(desk: Desk, registry: object) -> int:
    desk.next_number("paper/登")
    raise UserError("这一步没有办成")


TAKE = Operation(title="取号", function=take_number, subject=Subject.REGISTER)
FAIL = Operation(title="取号失败", function=take_and_fail, subject=Subject.REGISTER)


def test_two_counters_number_without_gaps_or_doubles(office: Office, clock: Clock) -> None:
    second = open_desk(office.folder, clock=clock)

    def counter(desk: Office, name: str) -> list[int]:
        return [int(perform(desk, Clerk(name), TAKE, "operator").value) for _ in range(20)]

    with ThreadPoolExecutor(2) as threads:
        numbers = threads.map(counter, (office, second), ("林晓", "王芳"))
    assert sorted(number for taken in numbers for number in taken) == list(range(1, 41))
    assert check(office) == []
    second.close()


def test_a_number_taken_by_a_step_that_failed_is_given_again(office: Office, clerk: Clerk) -> None:
    assert perform(office, clerk, TAKE, "operator").value == 1
    with pytest.raises(UserError):
        perform(office, clerk, FAIL, "operator")
    assert perform(office, clerk, TAKE, "operator").value == 2


def test_numbers_start_again_with_the_year(office: Office, clerk: Clerk, clock: Clock) -> None:
    perform(office, clerk, TAKE, "operator")
    clock.now = clock.now.replace(year=2027)
    assert perform(office, clerk, TAKE, "operator").value == 1
    with office.database.read() as session:
        assert [last_number(session, "paper/登", year) for year in (2025, 2026, 2027)] == [0, 1, 1]


def test_counters_that_write_at_once_make_one_unbroken_chain(office: Office, clock: Clock, tmp_path: Path) -> None:
    desks = [open_desk(office.folder, clock=clock) for _ in range(3)]
    ready = threading.Barrier(3)

    def counter(place: int) -> None:
        maker = Maker(desks[place], Clerk(f"窗口{place}"), tmp_path, serial=place * 100)
        ready.wait()
        for _ in range(5):
            maker.record("operator")

    with ThreadPoolExecutor(3) as threads:
        list(threads.map(counter, range(3)))
    assert len(dump(office)["operator"]) == 15
    assert check(office) == []
    for desk in desks:
        desk.close()


def test_reading_goes_on_while_another_counter_writes(office: Office, maker: Maker) -> None:
    maker.record("operator")
    with office.database.write() as session:
        session.execute(select(JournalEntry.id))
        assert len(dump(office)["operator"]) == 1


DYING = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from wenlv_desk.core.operations import Operation, Subject
from wenlv_desk.registries.opening import open_desk
from wenlv_desk.registries.operator.records import Operator
from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.gate import perform

def die(desk, registry):
    for number in range(3000):
        desk.session.add(Operator(operator_name=f"写到一半{number}", operating_status="OPEN", risk_grade="NONE"))
    desk.session.flush()
    desk.next_number("paper/登")
    os.kill(os.getpid(), signal.SIGKILL)

office = open_desk(Path(sys.argv[1]), clock=lambda: datetime(2026, 11, 23, 9))
perform(office, Clerk("林晓"), Operation(title="写一半", function=die, subject=Subject.REGISTER), "operator")
"""


@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_a_program_killed_in_the_middle_of_a_write_leaves_a_sound_database(
    office: Office, maker: Maker, clerk: Clerk
) -> None:
    maker.record("operator")
    before = dump(office)
    killed = subprocess.run([sys.executable, "-c", DYING, str(office.folder)], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert dump(office) == before
    assert check(office) == []
    assert perform(office, clerk, TAKE, "operator").value == 1
