"""The first act: what stands in the way, where the seed will come from, sealing; and the rehearsal before it."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QPushButton, QRadioButton, QWidget

from wenlv_desk.gui.drawing.panel import ActPanel
from wenlv_desk.gui.drawing.reading import DrawView
from wenlv_desk.gui.widgets.blocks import Blocks
from wenlv_desk.gui.widgets.dialogs import FINISH
from wenlv_desk.gui.widgets.parts import button, line, words
from wenlv_desk.registries.inspection.seeds import HOW
from wenlv_desk.registries.inspection.vocabulary import SeedSource

EXAMPLES: Final = {
    SeedSource.DICE: "如：二十枚骰子，由纪检组当场掷",
    SeedSource.BALLS: "如：0 到 9 的号码球一组，由监督人摇",
    SeedSource.LOTTERY: "如：双色球第2026138期，尚未开奖",
}
AFTER: Final = "封存后名单、规则、户数和种子来源都不能再改。要重来只能放弃这次抽取，原因随以后的记录公开。"
LONGEST: Final = 255


class SealPanel(ActPanel):
    """Asks for the source and where it is from; `wanted` carries both."""

    wanted = Signal(str, str)  # code of the source, what was said of it
    rehearsal_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("第 1 步　封存名单")
        self.blocks = Blocks()
        self._group = QButtonGroup(self)
        self.sources = {one: QRadioButton(one.label) for one in SeedSource}
        self.how = words("", "small", wrap=True)
        self.said = QLineEdit()
        self.said.setMaxLength(LONGEST)
        self.said.setAccessibleName("来源说明")
        self.missing = words("", "problem", wrap=True)
        self.rehearse = button("演练", self.rehearsal_wanted.emit, key="F7", tip="看一次可能的结果，什么也不写")
        self.seal = button("封存名单", self.press, key=FINISH, part="primary")
        self._lay_out()
        self._choose(SeedSource.DICE)
        self.sources[SeedSource.DICE].setChecked(True)
        self.said.textEdited.connect(lambda _text: self._complain(""))
        self.finish()

    def _lay_out(self) -> None:
        body = self.body
        body.addWidget(self.blocks)
        body.addWidget(words("种子来源　封存时就要指明", "section"))
        for source, made in self.sources.items():
            self._group.addButton(made)
            made.setAccessibleDescription(HOW[source])
            made.toggled.connect(lambda on, source=source: self._choose(source) if on else None)
            body.addWidget(made)
        body.addWidget(self.how)
        label = words("来源说明", "section")
        label.setBuddy(self.said)
        body.addWidget(label)
        body.addWidget(self.said)
        body.addWidget(self.missing)
        body.addWidget(line())
        body.addWidget(words(AFTER, "small", wrap=True))
        body.addStretch(1)
        self.foot_row(self.rehearse, primary=self.seal)
        self._complain("")

    def show_view(self, view: DrawView) -> None:
        """Show what stands in the way; what was chosen and typed stays."""
        self.blocks.show_blocks(view.blocks)
        self.seal.setEnabled(not view.blocks)
        self.seal.setToolTip("；".join(view.blocks))

    def forget(self) -> None:
        """It was sealed: the next one is said anew."""
        self.said.clear()

    @property
    def source(self) -> SeedSource:
        return next(source for source, made in self.sources.items() if made.isChecked())

    @property
    def primary(self) -> QPushButton:
        return self.seal

    @property
    def starts(self) -> QWidget:
        return self.said

    @property
    def begun(self) -> bool:
        """Whether something was typed."""
        return bool(self.said.text().strip())

    def press(self) -> None:
        """Seal, or say what is missing."""
        if not self.begun:
            self._complain(f"请写明来源，{EXAMPLES[self.source]}")
            self.said.setFocus()
            return
        self.wanted.emit(self.source.value, self.said.text().strip())

    def _choose(self, source: SeedSource) -> None:
        self.how.setText(f"{HOW[source]}。")
        self.said.setPlaceholderText(EXAMPLES[source])

    def _complain(self, text: str) -> None:
        self.missing.setText(text)
        self.missing.setVisible(bool(text))
