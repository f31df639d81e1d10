"""② 对应列: every column of the file beside samples and the field it stands for; words of the file beside ours."""

from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from wenlv_desk.core.registry import Registry
from wenlv_desk.gui.importing.searchcombo import SearchCombo
from wenlv_desk.gui.importing.work import Proposed
from wenlv_desk.gui.look.looks import Looks
from wenlv_desk.gui.widgets.parts import card, line, tag, words
from wenlv_desk.gui.widgets.scrolling import scroll_area
from wenlv_desk.ledger.headings import Column, HeadingMap, missing
from wenlv_desk.ledger.options import UnknownWord

NOT_MAPPED: Final = "不导入这一列"
UNDECIDED: Final = "#"  # key of a word nobody has said anything about
_WORDS_SHOWN: Final = 60
_SAMPLED: Final = 80  # characters of samples beside a heading


class MapStep(QWidget):
    """Tells each change of the mapping at once; the page keeps it."""

    changed = Signal(object)  # HeadingMap

    def __init__(self, registry: Registry, looks: Looks) -> None:
        super().__init__()
        self.setAccessibleName("对应列")
        self._registry, self._looks = registry, looks
        self._mapping = HeadingMap(())
        self._combos: dict[int, SearchCombo] = {}
        self._said: dict[int, QLabel] = {}
        self._warning = words("", "warning", wrap=True)
        self._unmapped = words("", "small", wrap=True)
        self.clear_blanks = QCheckBox("空白表示清空（不勾选时，空白的单元格不改动库中已有的内容）")
        self.clear_blanks.toggled.connect(self._clear_blanks)
        self._area = scroll_area("各列的对应")
        frame: QFrame = card("对应列")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 6, 1, 6)
        inside.addWidget(self._area)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(frame, 1)
        column.addWidget(self._warning)
        column.addWidget(self._unmapped)
        column.addWidget(self.clear_blanks)

    def show_mapping(self, proposed: Proposed) -> None:
        """Show a mapping with its words."""
        self._mapping = proposed.mapping
        self._combos.clear()
        self._said.clear()
        inside = QWidget()
        inside.setProperty("part", "plain")
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(8)
        grid = self._columns()
        self._words(grid, proposed)
        column.addLayout(grid)
        column.addStretch(1)
        at = self._area.verticalScrollBar().value()
        self._area.setWidget(inside)
        self._area.verticalScrollBar().setValue(at)
        self.clear_blanks.blockSignals(True)
        self.clear_blanks.setChecked(self._mapping.clear_blanks)
        self.clear_blanks.blockSignals(False)
        self._say()

    def show_words(self, proposed: Proposed) -> None:
        """The mapping has changed by one column: the words may be others now."""
        focused = next((at for at, combo in self._combos.items() if combo.hasFocus()), None)
        self.show_mapping(proposed)
        if focused is not None:
            self._combos[focused].setFocus()

    def combo(self, heading: str) -> SearchCombo:
        """The box of a column."""
        return self._combos[self._mapping.column(heading).index]

    def _columns(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for at, title in enumerate(("文件里的列", "前几个值", f"对应到{self._registry.title}的", "把握")):
            grid.addWidget(words(title, "small"), 0, at)
        for row, column in enumerate(self._mapping.columns, start=1):
            self._column_row(grid, row, column)
        return grid

    def _column_row(self, grid: QGridLayout, row: int, column: Column) -> None:
        heading = words(column.heading, "value", wrap=True)
        heading.setMinimumWidth(self._looks.px(150))
        heading.setMaximumWidth(self._looks.px(240))
        samples = words("　".join(one for one in column.samples if one)[:_SAMPLED] or "（空列）", "small", wrap=True)
        options = [("", NOT_MAPPED), *((name, one.label) for name, one in self._registry.typed_fields.items())]
        combo = SearchCombo(f"“{column.heading}”对应到", options, column.field)
        combo.setMinimumWidth(self._looks.px(220))
        combo.picked.connect(partial(self._assign, column.heading))
        self._combos[column.index] = combo
        self._said[column.index] = tag(*_sure(column))
        self._said[column.index].setToolTip(column.why)
        for at, widget in enumerate((heading, samples, combo, self._said[column.index])):
            grid.addWidget(widget, row, at)

    def _words(self, grid: QGridLayout, proposed: Proposed) -> None:
        if not proposed.words:
            return
        first = grid.rowCount()
        grid.addWidget(line(), first, 0, 1, 4)
        grid.addWidget(words("文件中的值 → 我们的值", "section"), first + 1, 0, 1, 4)
        for row, word in enumerate(proposed.words[:_WORDS_SHOWN], start=first + 2):
            label = self._registry.fields[word.field].label
            grid.addWidget(words(label, "key"), row, 0)
            grid.addWidget(words(f"“{word.text}”　{word.count:,} 行", "value", wrap=True), row, 1)
            grid.addWidget(self._word_combo(word, proposed.labels.get(word.field, ()), label), row, 2)
        if len(proposed.words) > _WORDS_SHOWN:
            rest = f"还有 {len(proposed.words) - _WORDS_SHOWN} 个少见的值没有列出，会在下一步逐行存疑。"
            grid.addWidget(words(rest, "small"), first + 2 + _WORDS_SHOWN, 0, 1, 4)

    def _word_combo(self, word: UnknownWord, labels: tuple[str, ...], field_label: str) -> SearchCombo:
        rest = [one for one in labels if one not in word.suggestions]
        likely = [(one, f"{one}（相近）") for one in word.suggestions]
        options = [(UNDECIDED, "先不定，逐行存疑"), *likely, *((one, one) for one in rest), ("", "留空")]
        known = self._mapping.words.get(word.field, {}).get(word.text, UNDECIDED)
        combo = SearchCombo(f"{field_label}“{word.text}”对应我们的", options, known)
        combo.setMinimumWidth(self._looks.px(220))
        combo.picked.connect(partial(self._give_word, word))
        return combo

    def _assign(self, heading: str, name: str) -> None:
        self._take(self._mapping.assign(self._registry, heading, name))
        for column in self._mapping.columns:
            self._combos[column.index].put(column.field)

    def _give_word(self, word: UnknownWord, label: str) -> None:
        if label != UNDECIDED:
            self._take(self._mapping.with_word(word.field, word.text, label))
            return
        kept = {text: ours for text, ours in self._mapping.words.get(word.field, {}).items() if text != word.text}
        self._take(
            HeadingMap(self._mapping.columns, {**self._mapping.words, word.field: kept}, self._mapping.clear_blanks)
        )

    def _clear_blanks(self, on: bool) -> None:
        self._take(self._mapping.clearing(on))

    def _take(self, mapping: HeadingMap) -> None:
        self._mapping = mapping
        self._say()
        self.changed.emit(mapping)

    def _say(self) -> None:
        lacking, unmapped = missing(self._registry, self._mapping), self._mapping.unmapped
        self._warning.setText(f"没有列对应到必填的“{'、'.join(lacking)}”：库中没有的行会被退回。" if lacking else "")
        self._warning.setVisible(bool(lacking))
        self._unmapped.setText(f"不导入的列：{'、'.join(unmapped)}" if unmapped else "每一列都有对应。")


def _sure(column: Column) -> tuple[str, str]:
    """How sure the proposal is, in one word and its tone."""
    if column.ignored:
        return "辅助列", "neutral"
    if not column.field:
        return "未对应", "neutral"
    if column.confidence >= 1.0:
        return column.why.replace("，请核对", "") or "名称相同", "green"
    return "相近，请核对", "amber"
