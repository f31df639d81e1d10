"""核对: whether a published record of a draw is what it says, without any database. Never raises for what a file may hold."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wenlv_desk.registries.inspection import proof
from wenlv_desk.registries.inspection.shape import RECORD, problems_of
from wenlv_desk.registries.inspection.teams import NoTeamError

EMBEDDED = re.compile(r'<script type="application/json" id="record">([^<]*)</script>')
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}")
CAN = (
    "能证明：封存码与当时签字的抽取前确认单一致时，名单、排除、规则和数量在种子产生以前就已确定；"
    "抽取结果由这份名单和这个种子算出，换任何人、用任何程序算都一样。"
)
CANNOT = "不能证明：种子确是当场掷出或开出的（由见证人证明）；名录本身是全的；排除的理由属实；抽取以后检查是否照办。"


@dataclass(frozen=True)
class Verdict:
    """What was found: nothing where the record is sound; and the draw in a few words where it could be read."""

    findings: tuple[str, ...]
    record: Mapping[str, Any] | None = None

    @property
    def sound(self) -> bool:
        return not self.findings


def record_in(text: str) -> str:
    """The record that a page carries, or the text itself."""
    found = EMBEDDED.search(text)
    if found is None:
        return text.strip("\ufeff")
    try:
        return str(json.loads(found[1]))
    except (ValueError, RecursionError):
        return found[1]


def verify(text: str, code: str = "") -> Verdict:
    """Check a record's text (of the .json file); `code` is the one on the signed sheet, where it is at hand."""
    try:
        record = json.loads(text)
    except (ValueError, RecursionError):
        return Verdict(("文件不是完整的抽取记录：内容读不出来，可能被截断或改动",))
    if problems := tuple(problems_of(record, RECORD)):
        return Verdict(problems)
    return Verdict(tuple(_differences(text, record, code)), record)


def _differences(text: str, record: Mapping[str, Any], code: str) -> Iterator[str]:
    if proof.canonical(record) != text:
        yield "文件的写法与抽取记录的规范写法不同，文件被改动过"
    if record["format"] != proof.RECORD_FORMAT or record["commitment"]["format"] != proof.COMMITMENT_FORMAT:
        yield "记录的格式标记不认识，可能是别的程序或新版本写的"
    rest = {name: value for name, value in record.items() if name != "digest"}
    if proof.digest_of(rest) != record["digest"]:
        yield "记录的摘要与内容不符：内容或摘要被改动过"
    yield from _sealed(record, code)
    yield from _in_order(record)
    if inconsistent := list(_consistent(record["commitment"])):
        yield from inconsistent
        return
    yield from _recomputed(record)


def _sealed(record: Mapping[str, Any], code: str) -> Iterator[str]:
    digest = proof.digest_of(record["commitment"])
    if digest != record["commitment_digest"]:
        yield "封存内容（名单、排除、规则或数量）与封存摘要不符：封存后被改动过"
    if proof.readable_code(digest) != record["code"]:
        yield f"封存码应为 {proof.readable_code(digest)}，记录为 {record['code']}"
    if code and proof.plain_code(code) != proof.plain_code(proof.readable_code(digest)):
        yield f"签字单上的封存码 {code} 与这份记录的 {proof.readable_code(digest)} 不一致：不是当时封存的那份名单"


def _in_order(record: Mapping[str, Any]) -> Iterator[str]:
    """Whether what the record tells of itself is what a draw must be: sealed, then seeded, then drawn, none before it left out."""
    sealed, seed = record["commitment"], record["seed"]
    moments = (sealed["committed_at"], seed["entered_at"], record["drawn_at"])
    if not all(_MOMENT.fullmatch(one) for one in moments):
        yield "封存、录入种子或抽取的时间不是时间"
    elif list(moments) != sorted(moments):
        yield "时间的先后不对：应先封存，再录入种子，然后抽取"
    if not re.fullmatch("[0-9]+", seed["digits"]):
        yield "种子不是数字"
    if [one["attempt"] for one in sealed["earlier"]] != list(range(1, len(sealed["earlier"]) + 1)) or (
        sealed["attempt"] != len(sealed["earlier"]) + 1
    ):
        yield f"这是第 {sealed['attempt']} 次抽取，以前的各次没有一一写明"


def _consistent(sealed: Mapping[str, Any]) -> Iterator[str]:
    """What a sealed list must be in itself before it can be drawn from."""
    pool, strata = sealed["pool"], sealed["strata"]
    if len({one["id"] for one in pool}) != len(pool):
        yield "名单里有重复的代码"
    if any(not 0 <= one["stratum"] < len(strata) for one in pool):
        yield "名单里有单位属于不存在的分层"
        return
    for place, one in enumerate(strata):
        size = sum(entry["stratum"] == place for entry in pool)
        if size != one["size"]:
            yield f"分层“{one['name']}”写明 {one['size']} 户，名单里有 {size} 户"
        if not 0 <= one["wanted"] <= size:
            yield f"分层“{one['name']}”应抽 {one['wanted']} 户，名单里只有 {size} 户"
    keys = {one["key"] for one in sealed["inspectors"]}
    if len(keys) != len(sealed["inspectors"]):
        yield "检查人员的编号有重复"
    if any(not keys.issuperset(one["barred"]) for one in pool):
        yield "名单里回避的人员不在检查人员名录里"
    if not sealed["task"]["no"] or sealed["seed_prefix"] != f"{sealed['task']['no']}/{sealed['attempt']}/":
        yield "种子前缀不是这个任务的"


def _recomputed(record: Mapping[str, Any]) -> Iterator[str]:
    sealed, said = record["commitment"], record["result"]["drawn"]
    try:
        right = proof.carry_out(sealed, record["seed"]["digits"])["drawn"]
    except NoTeamError:
        yield "按封存的名录，有单位可派的检查人员不足，记录的人员不可能由此抽出"
        return
    names = {one["id"]: one["name"] for one in sealed["pool"]}
    if len(said) != len(right):
        yield f"应抽出 {len(right)} 户，记录为 {len(said)} 户"
    for place, (ours, theirs) in enumerate(zip(right, said, strict=False), 1):
        if ours["id"] != theirs["id"]:
            theirs_name = names.get(theirs["id"], theirs["id"])
            yield f"第 {place} 户应为“{names[ours['id']]}”，记录为“{theirs_name}”"
        elif ours["ticket"] != theirs["ticket"]:
            yield f"“{names[ours['id']]}”的票号应为 {ours['ticket'][:14]}…，记录为 {theirs['ticket'][:14]}…"
        elif (ours["stratum"], ours["rank"]) != (theirs["stratum"], theirs["rank"]):
            yield f"“{names[ours['id']]}”应为第 {ours['stratum'] + 1} 层第 {ours['rank']} 名，记录不是"
        elif ours["team"] != theirs["team"]:
            yield f"“{names[ours['id']]}”的检查人员应为 {'、'.join(ours['team'])}，记录为 {'、'.join(theirs['team'])}"
