from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSplitter, QWidget
from pytestqt.qtbot import QtBot

from wenlv_desk.gui.memory import Memory


def test_what_was_kept_is_there_at_the_next_start(tmp_path: Path) -> None:
    memory = Memory(tmp_path)
    memory.keep("page", "许可证")
    memory.keep("percent", 125)
    memory.keep_data("columns", [{"name": "单位名称", "width": 160}])
    memory.flush()
    again = Memory(tmp_path)
    assert again.text("page") == "许可证"
    assert again.number("percent", 100) == 125
    assert again.data("columns") == [{"name": "单位名称", "width": 160}]


def test_everything_lies_in_the_data_folder(tmp_path: Path) -> None:
    memory = Memory(tmp_path)
    memory.keep("page", "x")
    memory.flush()
    assert [path.name for path in tmp_path.iterdir()] == ["window.ini"]


def test_a_spoilt_value_is_as_if_it_was_not_there(tmp_path: Path, qtbot: QtBot) -> None:
    memory = Memory(tmp_path)
    memory.keep("columns", "[{")
    memory.keep("percent", "many")
    memory.keep("geometry", "no geometry")
    window = QWidget()
    qtbot.addWidget(window)
    assert memory.data("columns") is None
    assert memory.number("percent", 100) == 100
    assert memory.restore_window("geometry", window) is False


def splitter(qtbot: QtBot) -> QSplitter:
    made = QSplitter(Qt.Orientation.Horizontal)
    made.addWidget(QLabel("列表"))
    made.addWidget(QLabel("卡片"))
    made.resize(1000, 100)
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_splitter_stays_where_it_was_moved_to(memory: Memory, qtbot: QtBot) -> None:
    first = splitter(qtbot)
    memory.follow_splitter("list", first)
    first.moveSplitter(700, 1)
    second = splitter(qtbot)
    memory.follow_splitter("list", second)
    assert second.sizes() == first.sizes()
    assert abs(second.sizes()[0] - 700) <= 2


def test_sizes_of_another_layout_are_ignored(memory: Memory, qtbot: QtBot) -> None:
    memory.keep_data("list", [100, 200, 300])
    one = splitter(qtbot)
    before = one.sizes()
    memory.follow_splitter("list", one)
    assert one.sizes() == before
