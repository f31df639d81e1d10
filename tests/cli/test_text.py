"""What stands on a terminal: two cells for a Chinese character, nothing that drives the terminal."""

from wenlv_desk.cli.text import cut, harmless, pairs, table, width


def test_a_chinese_character_takes_two_cells() -> None:
    assert width("甲a（") == 5


def test_columns_stand_under_each_other() -> None:
    assert table(["名称", "号"], [["甲", "1"], ["long name", "22"]]) == "名称       号\n甲         1\nlong name  22"


def test_a_table_may_be_empty() -> None:
    assert table(["名称"], []) == "名称"


def test_empty_values_are_left_out_of_pairs() -> None:
    assert pairs({"名称": "甲书店", "备注": "", "证": "1"}) == "名称  甲书店\n证    1"


def test_a_long_text_is_cut_into_lines_that_fit() -> None:
    lines = cut("很长a" * 30, 20)
    assert "".join(lines) == "很长a" * 30
    assert max(map(width, lines)) <= 20
    assert cut("", 20) == [""]


def test_control_characters_become_pictures() -> None:
    assert harmless("甲\x1b[31m\x07\r\n\t乙\x9b") == "甲␛[31m␇␍\n\t乙␡"
