"""The boxes of the signed paper in their order: times, situation, problems, result, disposal, signature."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wenlv_desk.core.choices import Choice
from wenlv_desk.core.kinds import Text
from wenlv_desk.gui.checking.boxes import Box, Choices, ShortBlock, raw_of
from wenlv_desk.gui.checking.judging import CHANGES_FIRM, Entry, Found, fitting, problems_of, proposed, wants_disposal
from wenlv_desk.gui.checking.reading import CheckView, record_fields
from wenlv_desk.gui.checking.times import read_day, read_time
from wenlv_desk.gui.entry.editors import DayEditor, FieldEditor, LineEditor, Options
from wenlv_desk.gui.look.looks import Looks
from wenlv_desk.gui.widgets.dialogs import enter_moves
from wenlv_desk.registries.inspection.vocabulary import Disposal, ResultCode, SignState
from wenlv_desk.registries.operator.records import OperatingStatus

NAMES: Final = {
    "day": "检查日期",
    "start": "开始时间",
    "end": "结束时间",
    "result_code": "检查结果",
    "sign_state": "签字情况",
    "reason": "更正原因",
}
HINTS: Final = {
    "start": "开始",
    "end": "结束",
    "situation": "照纸质记录写；Shift Enter 换行",
    "problems": "由不合格的要点连成，可以改",
    "sign_note": "事由和见证人",
    "disposal_note": "如：限十日内补齐进销货清单",
}


def numbered(choice: type[Choice], *leave_out: Choice) -> Options:
    """Choices by digits, so that one key chooses."""
    left = [one for one in choice if one not in leave_out]
    return [(one.value, f"{number} {one.label}") for number, one in enumerate(left, 1)]


def results(codes: tuple[ResultCode, ...]) -> Options:
    """Results under the codes of the national list, which are their digits."""
    return [(code.value, f"{code.value} {code.label}") for code in codes]


class SheetForm(QWidget):
    """Follows the points: proposes a result, offers those that fit, words the problems; what the clerk wrote stays."""

    edited = Signal()

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self.setProperty("part", "plain")
        self.setAccessibleName("检查记录")
        self._looks = looks
        self.editors: dict[str, FieldEditor] = {}
        self.boxes: dict[str, Box] = {}
        self.view: CheckView | None = None
        self._chosen = False  # the clerk chose a result
        self._worded = ""  # the problems as they were last worded here
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 10, 10, 10)
        self._column.setSpacing(7)

    # what it is made of

    def build(self, view: CheckView) -> None:
        """Lay the boxes out and fill them with what they begin with; once."""
        self.view = view
        block, line, looks = ShortBlock, LineEditor, self._looks
        if any(one.name == "reason" for one in view.form.fields):
            self._add("更正原因", reason=line())
        self._add("时间", day=DayEditor(looks, ""), start=line(), end=line())
        self._add("地点", place=line())
        self._add("现场情况", situation=block(looks))
        self._add("存在问题", problems=block(looks))
        self._add("检查结果", result_code=Choices(results(tuple(ResultCode))))
        self._add("处理措施", disposal=Choices(numbered(Disposal, Disposal.NONE)))
        self._add("处理说明", disposal_note=line())
        self._add("经营状态改为", operating_status=Choices(numbered(OperatingStatus, OperatingStatus.OPEN)))
        self._add("签字", sign_state=Choices(numbered(SignState)))
        self._add("签字人", signer_name=line())
        self._add("见证说明", sign_note=line())
        self._add("协助专家", helpers=line())
        self._add("扫码编号", scan_record_no=line())
        self._column.addStretch(1)
        self._fill(view.given)
        enter_moves(self)

    def _add(self, label: str, **editors: FieldEditor) -> None:
        box = Box(label, list(editors.items()), self._looks)
        declared = record_fields()
        for name, editor in editors.items():
            editor.setAccessibleName(NAMES.get(name) or declared[name].label)
            if isinstance(editor, LineEditor | ShortBlock) and name in HINTS:
                editor.setPlaceholderText(HINTS[name])
            if isinstance(editor, LineEditor) and name in declared and isinstance(declared[name].kind, Text):
                editor.setMaxLength(declared[name].kind.limit)
            editor.edited.connect(lambda name=name: self._edited(name))
            if isinstance(editor, LineEditor) and name in ("start", "end", "day"):
                editor.editingFinished.connect(lambda name=name: self._tidy(name))
            self.editors[name], self.boxes[name] = editor, box
        self._column.addWidget(box)
        box.show()  # now, not with the next event: Enter passes over what is not shown

    def _fill(self, given: Mapping[str, str]) -> None:
        for name, text in given.items():
            if name in self.editors:
                self.editors[name].put(text)
        self._chosen = bool(given.get("result_code"))
        self._follow()

    # what stands in it

    def raw(self) -> dict[str, str]:
        """What the boxes hold."""
        return {name: raw_of(editor) for name, editor in self.editors.items()}

    def changed(self) -> dict[str, str]:
        """What differs from what they began with; what is only proposed does not count."""
        given = self.view.given if self.view is not None else {}
        mine = {name: text for name, text in self.raw().items() if text != given.get(name, "")}
        if not self._chosen:
            mine.pop("result_code", None)
        if mine.get("problems") == self._worded:
            mine.pop("problems", None)
        return mine

    def put(self, raw: Mapping[str, str]) -> None:
        """Fill boxes (a draft)."""
        for name, text in raw.items():
            if name in self.editors and name != "result_code":
                self.editors[name].put(text)
        if raw.get("result_code"):
            self._chosen = True
            self.editors["result_code"].put(raw["result_code"])
        self._follow()

    def follow(self, points: Mapping[int, Found]) -> None:
        """The points were marked: word the problems, offer and propose what fits."""
        worded = problems_of(points)
        if raw_of(self.editors["problems"]).strip() in ("", self._worded):
            self.editors["problems"].put(worded)
        self._worded = worded
        entry = Entry(points, self.raw())
        result = self.editors["result_code"]
        assert isinstance(result, Choices)
        result.offer(results(fitting(entry)))
        if not result.raw():
            self._chosen = False
        if not self._chosen:
            likely = proposed(entry)
            result.put(likely.value if likely is not None else "")
        self._follow()

    def _edited(self, name: str) -> None:
        if name == "result_code":
            self._chosen = bool(raw_of(self.editors[name]))
        self.boxes[name].complain(name, "")
        self._follow()
        self.edited.emit()

    def _follow(self) -> None:
        """Show the boxes that belong to what was chosen."""
        entry = Entry({}, self.raw())
        signed = entry.box("sign_state") in ("", SignState.SIGNED.value)
        disposed = wants_disposal(entry)
        shown = {
            "disposal": disposed,
            "disposal_note": disposed and bool(entry.box("disposal")),
            "operating_status": entry.result in CHANGES_FIRM,
            "signer_name": signed,
            "sign_note": not signed,
        }
        for name, on in shown.items():
            self.boxes[name].setVisible(on)

    def _tidy(self, name: str) -> None:
        """A time or a day as it is understood, once the box is left."""
        editor, text = self.editors[name], raw_of(self.editors[name])
        near = self.view.near if self.view is not None else None
        if name == "day" and near is not None and (day := read_day(text, near)) is not None:
            editor.put(day.isoformat())
        elif name != "day" and (at := read_time(text)) is not None:
            editor.put(f"{at:%H:%M}")

    # where one goes

    def go_to(self, name: str, said: str = "") -> None:
        """Go to a box and say what is wrong with it."""
        self.boxes[name].setVisible(True)
        self.boxes[name].complain(name, said)
        self.editors[name].setFocus(Qt.FocusReason.OtherFocusReason)

    def settle(self) -> None:
        """Nothing is said of any box."""
        for name, box in self.boxes.items():
            box.complain(name, "")

    def begin(self) -> None:
        """Go to the first box that is filled in from the paper."""
        first = "reason" if "reason" in self.editors else "day"
        self.editors[first].setFocus(Qt.FocusReason.TabFocusReason)
