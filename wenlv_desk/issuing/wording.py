"""文书范本 (paper_wording): the texts that notices are filled from, in the bureau's own words where it has changed them."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any

from sqlalchemy import select
from sqlalchemy.orm import Mapped

from wenlv_desk.core.choices import Role
from wenlv_desk.core.errors import UserError
from wenlv_desk.core.fields import Search, field, param
from wenlv_desk.core.kinds import Text
from wenlv_desk.core.operations import Subject, operation
from wenlv_desk.core.records import Record
from wenlv_desk.core.registry import Registry, Section
from wenlv_desk.store.desk import Desk
from wenlv_desk.typeset.pledge import CODE, check_pledge
from wenlv_desk.typeset.wording import LONGEST, REMARK, Wording, check, parse, placeholders, shipped, shipped_codes

if TYPE_CHECKING:
    from wenlv_desk.issuing.matter import Matter

WORDS = Text(LONGEST, block=True, size=40)


class PaperWording(Record):
    """The text of one notice. What the bureau has not changed follows the program's own text from version to version."""

    __tablename__ = "paper_wording"

    code: Mapped[str] = field("代码", kind=Text(64, size=20), search=Search.CODE, readonly=True)
    title: Mapped[str] = field("范本", kind=Text(64, size=22), search=Search.NAME, readonly=True)
    own: Mapped[bool] = field("本单位改过", default=False, readonly=True)
    text: Mapped[str] = field("文字", kind=WORDS, readonly=True)


WORDINGS = Registry(
    record=PaperWording,
    title="文书范本",
    unit="份",
    named_by="title",
    code="code",
    identity=(("code",),),
    columns=("title", "own", "code"),
    sections=(Section("范本", ("title", "own", "code", "text")),),
    filters=("own",),
    typed=False,
    rail=False,
    icon="file-text",
    empty_hint="还没有文书范本，重新打开程序即可补上。",
)


def wording(matter: "Matter", code: str) -> Wording:
    """The text of that code as the office has it, parsed."""
    return _parsed(matter.wordings.get(code) or shipped(code))


@lru_cache(maxsize=64)
def _parsed(text: str) -> Wording:
    return parse(text)


def wordings_of(desk: Desk) -> dict[str, str]:
    """Every text by its code."""
    return {row.code: row.text for row in desk.session.execute(select(PaperWording.code, PaperWording.text))}


def known_in(desk: Desk, record: PaperWording) -> tuple[str, ...]:
    """The placeholders that the papers filled from this text have something to say for."""
    papers = [one for one in desk.catalogue.papers.values() if record.code in one.wordings]
    known = tuple(dict.fromkeys(name for one in papers for name in one.placeholders))
    return known or placeholders(_shipped(record.code) or record.text)


def _as_it_stands(_desk: Desk, record: PaperWording) -> Mapping[str, Any]:
    return {"text": record.text}


@operation("修改文字", on=(PaperWording,), many=False, key="F3", suggest=_as_it_stands)
def reword(
    desk: Desk,
    record: PaperWording,
    *,
    text: Annotated[
        str,
        param(
            "文字",
            kind=WORDS,
            help="一行一段；{单位名称} 这样的占位由程序填，“？”开头的行没有内容时不印，“#”开头的是说明",
        ),
    ],
) -> None:
    """Put a notice into the bureau's own words. Papers issued before stay as they are."""
    if record.code.startswith(CODE):
        check_pledge(text)
    else:
        check(text, known_in(desk, record))
    if text == record.text:
        raise UserError(f"“{record.title}”的文字没有改动，没有保存")
    record.text, record.own = text, text != _shipped(record.code)


def _nothing_to_restore(_desk: Desk, record: PaperWording) -> Iterator[str]:
    if not record.own:
        yield "现在用的就是程序自带的文字"
    elif not _shipped(record.code):
        yield "这个版本的程序不再带这份范本"


@operation("恢复自带文字", on=(PaperWording,), danger=True, blocks=_nothing_to_restore)
def restore_shipped(desk: Desk, record: PaperWording) -> None:  # noqa: ARG001
    """Go back to the text that comes with the program."""
    record.text, record.own = _shipped(record.code), False


def outdated(desk: Desk) -> dict[str, str]:
    """The shipped texts that the office has not, by code: new ones, and those that replace a text nobody changed."""
    held = {row.code: row for row in desk.session.scalars(select(PaperWording))}
    texts = {code: _shipped(code) for code in shipped_codes()}
    return {
        code: text
        for code, text in texts.items()
        if code not in held or (not held[code].own and held[code].text != text)
    }


@operation("更新自带范本", subject=Subject.REGISTER, on=(PaperWording,), by=(Role.ADMIN,), undoable=False)
def bring_wordings(desk: Desk, registry: Registry) -> int:
    """Take over the texts of this version of the program. What the bureau has put into its own words is left alone."""
    if not (taken := take_over(desk)):
        raise UserError(f"{registry.title}已是最新，不必更新")
    return taken


def take_over(desk: Desk) -> int:
    """Write the shipped texts that the office has not; how many there were."""
    texts = outdated(desk)
    held = {row.code: row for row in desk.session.scalars(select(PaperWording))}
    for code, text in texts.items():
        row = held.get(code)
        if row is None:
            desk.session.add(PaperWording(code=code, title=_title(text), text=text, own=False))
        else:
            row.text, row.title = text, _title(text)
    return len(texts)


def _shipped(code: str) -> str:
    """A shipped text as a clerk's own would be read, so that the two can be compared; empty for one that is shipped no more."""
    return shipped(code).strip() if code in shipped_codes() else ""


def _title(text: str) -> str:
    """What the first remark calls it: one heading serves several notices."""
    first = text.partition("\n")[0]
    said = first.removeprefix(REMARK).strip() if first.startswith(REMARK) else parse(text).heads["title"]
    return said.partition("。")[0].partition("：")[0]
