"""The left of the draw page: the task, its strata with how many are wanted, and who may inspect and who may not."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from wenlv_desk.gui.drawing.reading import DrawView
from wenlv_desk.gui.widgets.parts import key_values, tag, words
from wenlv_desk.gui.widgets.scrolling import ScrollingCard
from wenlv_desk.registries.inspection.pool import Layer

NAMED = 12  # inspectors and reasons that are listed here; all of them stand in the list


class Facts(ScrollingCard):
    """Made anew with every view."""

    def __init__(self) -> None:
        super().__init__("任务、分层和人员")

    def show_view(self, view: DrawView) -> None:
        """Show a task."""
        self.show_parts(self._parts(view))

    def _parts(self, view: DrawView) -> Iterator[QWidget]:
        lists = view.lists
        yield words("任务", "section")
        yield key_values(list(view.facts))
        yield words(f"分层　共抽 {lists.wanted} 户" if lists.layers else "分层", "section")
        yield layers_of(lists.layers) if lists.layers else words("还数不出要抽几户，见右边的说明。", "muted", wrap=True)
        yield words(f"检查人员　可派 {len(lists.fit)} 人", "section")
        yield words(_named(lists.fit, "、") or "没有可派的人员", "value", wrap=True)
        if lists.unfit:
            yield _line(f"不可派 {len(lists.unfit)} 人", _named(lists.unfit, "；"))


def _named(names: Sequence[str], between: str) -> str:
    more = f"{between}等 {len(names)} 人" if len(names) > NAMED else ""
    return between.join(names[:NAMED]) + more


def _line(word: str, text: str) -> QWidget:
    line = QWidget()
    column = QVBoxLayout(line)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    head = QHBoxLayout()
    head.addWidget(tag(word, "amber"))
    head.addStretch(1)
    column.addLayout(head)
    column.addWidget(words(text, "value", wrap=True))
    return line


def layers_of(layers: Sequence[Layer]) -> QWidget:
    """Each stratum: its name and `34 户里抽 4 户`, below it by what rule."""
    box = QWidget()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(2)
    grid.setColumnStretch(0, 1)
    for number, one in enumerate(layers):
        name, said = words(one.title, "value", wrap=True), words(f"{one.size} 户抽 {one.wanted} 户", "value")
        said.setAccessibleName(f"{one.title}：{one.size} 户里抽 {one.wanted} 户，{one.rule}")
        grid.addWidget(name, number * 2, 0)
        grid.addWidget(said, number * 2, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(words(one.rule, "small", wrap=True), number * 2 + 1, 0, 1, 2)
    return box
