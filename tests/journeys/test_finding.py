"""Journey 5: any record is found — by two characters, initials, full pinyin, part of a phone, of a code, or a former name."""

import pytest

from tests.shelling import CommandLine


@pytest.mark.parametrize(
    ("register", "text", "found"),
    [
        ("operator", "山海", "山海书局"),
        ("operator", "海书局", "山海书局"),
        ("operator", "书", "山海书局"),
        ("operator", "shsj", "山海书局"),
        ("operator", "SHSJ", "山海书局"),
        ("operator", "shanhaishuju", "山海书局"),
        ("operator", "shan hai", "山海书局"),
        ("operator", "1040", "山海书局"),
        ("operator", "13900001040", "山海书局"),
        ("operator", "MADG6994", "山海书局"),
        ("operator", "madg6994", "山海书局"),
        ("operator", "91990087MADG699420", "山海书局"),
        ("operator", "仇佳怡", "山海书局"),
        ("operator", "qjy", "山海书局"),
        ("operator", "半岛图书发行", "半岛书城有限公司"),
        ("operator", "bandaotushu", "半岛书城有限公司"),
        ("operator", "新岸书报社", "新岸书刊社"),
        ("operator", "李𬱖", "墨香印刷有限公司"),
        ("operator", "𬱖", "墨香印刷有限公司"),
        ("publication_licence", "示006", "山海书局"),
        ("publication_licence", "6994", "山海书局"),
        ("printing_licence", "印证字第示0031", "风帆彩印有限公司"),
        ("staff", "shanhaiyan", "单海燕"),
        ("staff", "shy", "单海燕"),
        ("staff", "qwb", "仇文博"),
    ],
)
def test_a_record_is_found(seen: CommandLine, register: str, text: str, found: str) -> None:
    rows = seen("list", register, "--search", text, "--limit", 0)["rows"]
    assert found in [row.get("operator_name") or row.get("licensee_name") or row.get("name") for row in rows]


@pytest.mark.parametrize("text", ["没有这样的店", "zzzzqqqq", "%", "_", "*", '"', "OR", "' OR 1=1 --", "NEAR(", "龘龘"])
def test_what_is_nowhere_is_not_found_and_nothing_breaks(seen: CommandLine, text: str) -> None:
    assert seen("list", "operator", "--search", text)["total"] == 0


def test_search_filter_and_sort_work_together(seen: CommandLine) -> None:
    told = seen("list", "operator", "--search", "书", "--where", "township=青屿街道", "--sort", "-operator_name")
    names = [row["operator_name"] for row in told["rows"]]
    assert names == sorted(names, reverse=True)
    assert all("书" in row["operator_name"] + row["legal_representative"] for row in told["rows"])


def test_a_new_name_is_found_at_once_and_the_old_one_too(bureau: CommandLine) -> None:
    bureau("do", "operator.rename", "山海书局", "--new_name", "听潮书屋", "--renamed_on", "2026-11-20")
    for text in ("听潮书屋", "tcsw", "山海书局", "shsj"):
        assert [row["id"] for row in bureau("list", "operator", "--search", text)["rows"]].count(41) == 1
    bureau("undo")
    assert 41 not in [row["id"] for row in bureau("list", "operator", "--search", "听潮书屋")["rows"]]
