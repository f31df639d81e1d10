"""案件编号: without gaps and without doubles per year and kind, whoever opens campaigns at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from tests import processes, reviews
from tests.builders import Maker, dump
from tests.conftest import Clock
from tests.registries.licences import issued
from wenlv_desk.registries.opening import open_desk
from wenlv_desk.store.check import check
from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.gate import perform
from wenlv_desk.store.office import Office

EXPECTED = [f"NS-{letters}-2026-{n:04d}" for letters in ("CB", "YS") for n in range(1, 13)]


def prepared(maker: Maker) -> list[int]:
    """Four licences of each kind, three campaigns of each not yet begun."""
    for register in ("publication_licence", "printing_licence"):
        for _ in range(4):
            issued(maker, register)
    kinds = ("出版物经营许可证", "印刷经营许可证")
    return [reviews.campaign(maker, licence_kind=kind) for _ in range(3) for kind in kinds]


def numbers(office: Office) -> list[str]:
    return sorted(row["case_no"] for row in dump(office)["review_case"].values())


def test_counters_that_open_campaigns_at_once_number_the_cases_of_each_kind_in_one_row(
    maker: Maker, office: Office, clock: Clock
) -> None:
    campaigns = prepared(maker)
    desks = [open_desk(office.folder, clock=clock) for _ in campaigns]
    ready = Barrier(len(campaigns))

    def counter(place: int) -> None:
        ready.wait()
        perform(desks[place], Clerk(f"窗口{place}"), "open", "review_campaign", campaigns[place])

    with ThreadPoolExecutor(len(campaigns)) as threads:
        list(threads.map(counter, range(len(campaigns))))
    assert numbers(office) == EXPECTED
    assert check(office) == []
    for desk in desks:
        desk.close()


def test_programs_that_open_the_same_campaigns_at_once_make_every_case_once(maker: Maker, office: Office) -> None:
    campaigns = prepared(maker)
    started = [
        processes.start(office.folder, "do", "review_campaign.open", campaign)
        for campaign in (*campaigns, campaigns[0])
    ]
    ended = processes.all_of(started)
    assert sorted(code for code, _, _ in ended) == [0, 0, 0, 0, 0, 0, 2], ended
    assert [err for code, _, err in ended if code == 2 and "现为“进行中”，不能办“启动”" in err]
    assert numbers(office) == EXPECTED
    assert check(office) == []
