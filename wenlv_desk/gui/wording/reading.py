"""A wording as the editor has it: what is on file, what is wrong with a text, and the pages it makes with sample values. Knows no Qt."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from wenlv_desk.core.errors import UserError
from wenlv_desk.core.operations import Operation
from wenlv_desk.core.registry import Registry
from wenlv_desk.gui.entry.formdata import FormData, form_of
from wenlv_desk.issuing.matter import Matter, Shown
from wenlv_desk.issuing.pages import notice
from wenlv_desk.issuing.wording import WORDINGS, PaperWording, known_in
from wenlv_desk.registries.settings.reading import office_told
from wenlv_desk.standards.dates import show_date_cn
from wenlv_desk.store.desk import Desk
from wenlv_desk.store.gate import check_blocks, check_right
from wenlv_desk.typeset.page import Document
from wenlv_desk.typeset.pledge import CODE, Party, Pledge, check_pledge, fill_pledge, pledge_page
from wenlv_desk.typeset.pledge import PLACEHOLDERS as OF_PLEDGES
from wenlv_desk.typeset.render import render
from wenlv_desk.typeset.wording import Value, check

RESTORE: Final = "restore_shipped"
SAMPLE_NUMBER: Final = "样张〔2026〕1号"
SAMPLE_PLEDGE: Final = "HLFH-2026-0001"
SAMPLES: Final[Mapping[str, str]] = {
    "年度": "2026",
    "责任状编号": SAMPLE_PLEDGE,
    "甲方签字人": "覃志远",
    "甲方职务": "安全生产科科长",
    "乙方": "海书香文化用品店",
    "乙方签字人": "单海燕",
    "乙方职务": "负责人",
    "乙方电话": "0535-3000000",
    "责任区域": "经营场所及周边",
    "期限起": "2026年11月1日",
    "期限止": "2027年5月31日",
    "防火期": "11月1日至次年5月31日",
    "高火险期": "3月1日至4月30日",
    "网格编号": "WG-01",
    "网格长": "翟明轩",
    "网格员": "仇文博",
    "份数": "二",
    "单位名称": "海书香文化用品店",
}
# A line that is one placeholder only takes a list.
_ALONE = re.compile(r"[？?]?\s*(?:（[一1]）|[一1]、|1[.．]\s*)?[{｛]([^{}｛｝\n]+)[}｝]\s*")
_LINE = re.compile(r"第 (\d+) 行")


@dataclass(frozen=True)
class WordingView:
    """A wording on file: its text, which placeholders it may use, and why it cannot be given back its shipped text."""

    form: FormData
    version: int
    code: str
    title: str
    text: str
    own: bool
    known: tuple[str, ...]
    samples: Mapping[str, str]
    office: Mapping[str, str]
    refused: str
    no_restore: str

    @property
    def pledge(self) -> bool:
        """Whether it is one of a pledge, with clauses it must have."""
        return self.code.startswith(CODE)


@dataclass(frozen=True)
class Tried:
    """What a text makes: its pages, or what is wrong with it, and in which line (0: none in particular)."""

    pdf: bytes = b""
    problem: str = ""
    line: int = 0


def view_of(desk: Desk, registry: Registry, op: Operation, record_id: int) -> WordingView:
    """Read a wording."""
    record = desk.get(PaperWording, record_id)
    known = OF_PLEDGES if record.code.startswith(CODE) else known_in(desk, record)
    office = office_told(desk)
    today = show_date_cn(desk.today)
    samples = {
        **{one: f"〔{one}〕" for one in known},
        **SAMPLES,
        **{name: said for name, said in office.items() if said},
    }
    samples |= {"甲方": office["本单位"] or "〔本单位〕", "日期": today, "签订地点": samples.get("承办单位", "")}
    restore = desk.catalogue.operation(registry, RESTORE)
    return WordingView(
        form_of(desk, registry, op, record_id, {}),
        record.version,
        record.code,
        record.title,
        record.text,
        record.own,
        known,
        samples,
        office,
        _refused(desk, registry, op, record),
        _refused(desk, registry, restore, record),
    )


def _refused(desk: Desk, registry: Registry, op: Operation, record: PaperWording) -> str:
    try:
        check_right(desk.clerk, op, registry)
        check_blocks(desk, registry, op, record)
    except UserError as error:
        return error.message
    return ""


def tried(view: WordingView, text: str, now: datetime) -> Tried:
    """Check a text as saving it would, and lay its pages out. For a worker thread."""
    try:
        if view.pledge:
            check_pledge(text)
            page = _pledge_of(view, text)
        else:
            check(text, view.known)
            page = _notice_of(view, text, now)
        return Tried(render(page))
    except UserError as error:
        found = _LINE.search(error.message)
        return Tried(problem=error.message, line=int(found[1]) if found else 0)


def _pledge_of(view: WordingView, text: str) -> Document:
    said = view.samples
    a = Party(said["甲方"], said["甲方签字人"], said["甲方职务"])
    b = Party(said["乙方"], said["乙方签字人"], said["乙方职务"], said["乙方电话"])
    filled = fill_pledge(text, {name: said[name] for name in OF_PLEDGES}, blanks=True)
    code = f"{SAMPLE_PLEDGE}|{{page}}/{{pages}}|{{copy}}|{'0' * 12}"
    return Document("样张", (pledge_page(Pledge(SAMPLE_PLEDGE, filled, a, b, code)),), footer=None, each_apart=True)


def _notice_of(view: WordingView, text: str, now: datetime) -> Document:
    """As a paper filled from it would be laid out, about a record that there is not."""
    told: dict[str, Value] = {**view.samples, **{name: _two(name) for name in _listed(text) if name in view.known}}
    told.setdefault("本单位", "〔本单位〕")
    record = Shown(WORDINGS.name, 0, "样张", {}, {}, {})
    matter = Matter(
        SAMPLE_NUMBER, now.date(), now, "", view.office, (record,), WORDINGS, {}, Path(), {}, told, {view.code: text}
    )
    return notice(matter, view.code)


def _listed(text: str) -> list[str]:
    return [found[1].strip() for line in text.splitlines() if (found := _ALONE.fullmatch(line.strip())) is not None]


def _two(name: str) -> tuple[str, ...]:
    return tuple(f"〔{name}（{n}）〕" for n in ("一", "二"))
