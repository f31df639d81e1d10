"""Whatever is typed wrongly is refused in Chinese, naming the thing and the remedy, on standard error, with exit code 2."""

import os
import sqlite3
import sys
from pathlib import Path

import pytest

from tests.shelling import CommandLine, run_command

LONG = "很" * 100_000

# What is typed -> what the refusal must name: the thing and the remedy.
WRONG = [
    (["nix"], ["没有“nix”这个命令", "可用：registers、list"]),
    (["list"], ["缺少：台账", "wenlv-desk list --help"]),
    (["list", "operator", "more"], ["不认识的参数：more"]),
    (["list", "operator", "--nix"], ["不认识的参数：--nix"]),
    (["list", "operator", "--lim", "3"], ["不认识的参数：--lim"]),
    (["list", "operator", "--json"], ["--json", "写在命令前面"]),
    (["list", "operator", "--limit"], ["--limit 后面要跟一个值"]),
    (["list", "operator", "--limit", "-1"], ["“-1”", "整数"]),
    (["list", "operator", "--limit", "三"], ["“三”", "整数"]),
    (["list", "operator", "--limit", "9" * 30], ["9999", "整数"]),
    (["list", "operator", "--limit", "5", "--limit", "6"], ["--limit", "只能写一次"]),
    (["list", "operator", "--voided=1"], ["--voided", "不带值"]),
    (["list", "nix"], ["没有“nix”这个台账", "operator"]),
    (["list", ""], ["没有“”这个台账"]),
    (["list", "operator", "--where", "电话"], ["“电话”应写成 名称=值"]),
    (["list", "operator", "--where", "=1"], ["应写成 名称=值"]),
    (["list", "operator", "--where", "nix=1"], ["没有“nix”这一项", "单位名称"]),
    (["list", "operator", "--where", "established_on=2026-02-30"], ["成立日期", "2026-02-30"]),
    (["list", "operator", "--where", "operating_status=关门"], ["经营状态", "营业、停业"]),
    (["list", "operator", "--where", "categories=卖菜"], ["经营类别", "卖菜"]),
    (["list", "operator", "--where", "key_supervision=也许"], ["重点监管", "是或否"]),
    (["list", "publication_licence", "--where", "floor_area_m2=大"], ["营业面积", "大"]),
    (["list", "publication_licence", "--where", "staff_count=1.5"], ["1.5"]),
    (["list", "publication_licence", "--where", "operator_id=没有这家"], ["经营单位中没有“没有这家”"]),
    (["list", "issued_paper", "--where", "issued_at=昨天"], ["昨天", "2026-01-05 09:30:00"]),
    (["list", "operator", "--sort", "nix"], ["没有“nix”这一项"]),
    (["list", "operator", "--sort", ""], ["没有“”这一项"]),
    (["list", "bureau_settings", "--search", "局"], ["设置", "筛选"]),
    (["show", "operator"], ["缺少：记录"]),
    (["show", "operator", ""], ["没有指明是哪一家经营单位"]),
    (["show", "operator", "9999"], ["编号为 9999"]),
    (["show", "operator", "-1"], ["没有“-1”"]),
    (["show", "operator", "9" * 40], ["没有“" + "9" * 40]),
    (["show", "operator", "青屿"], ["没有“青屿”", "全名"]),
    (["show", "operator", LONG], ["共 100000 字"]),
    (["show", "operator", "a\0b"], ["不能识别的字符"]),
    (["show", "operator", "\udcff"], ["不能识别的字符", "改名"]),
    (["history", "operator", "9999"], ["编号为 9999"]),
    (["undo", "-1"], ["流水号", "整数"]),
    (["undo", "昨天"], ["流水号", "整数"]),
    (["undo", "999999"], ["没有第 999999 号"]),
    (["do", "operator"], ["台账.操作", "registers"]),
    (["do", "operator."], ["台账.操作"]),
    (["do", ".create"], ["没有“”这个台账"]),
    (["do", "nix.create"], ["没有“nix”这个台账"]),
    (["do", "operator.nix"], ["没有“nix”这个操作", "rename"]),
    (["do", "operator.rename"], ["缺少：记录", "do operator.rename --help"]),
    (["do", "operator.rename", "2", "--nix", "1"], ["不认识的参数：--nix"]),
    (["do", "operator.rename", "2", "--new_name", "甲", "--new_name", "乙"], ["--new_name", "只能写一次"]),
    (["do", "operator.rename", "2"], ["新名称", "必填"]),
    (["do", "operator.rename", "2", "--new_name", "新名", "--renamed_on", "2026-13-01"], ["没有 13 月"]),
    (["do", "operator.create", "--operator_name", LONG], ["单位名称", "100000 个字", "128"]),
    (["do", "operator.create", "--operator_name", "甲", "--operating_status", "关"], ["营业、停业"]),
    (["do", "operator.amend", "2", "--operating_status", ""], ["经营状态不能清空"]),
    (["do", "operator.merge", "2", "--other", "9999"], ["编号为 9999"]),
    (["do", "operator.merge", "2", "--other", "2"], ["并入它自己"]),
    (["do", "operator.attach", "2", "--path", "/etc"], ["etc", "不是可以归档的文件"]),
    (["do", "operator.attach", "2", "--path", "nix.pdf"], ["nix.pdf", "不存在"]),
    (["do", "operator.detach", "2", "--attachment", "77"], ["没有编号为 77 的附件"]),
    (["do", "operator.import_ledger", "--file_name", "x"], ["导入台账"]),
    (["do", "publication_licence.renew", "没有这证"], ["没有“没有这证”", "证号"]),
    (
        ["do", "issued_paper.issue", "--paper", "operator_card", "--register", "operator", "--records", "a"],
        ["“a”", "3,5,8"],
    ),
    (
        ["do", "issued_paper.issue", "--paper", "operator_card", "--register", "staff", "--records", "1"],
        ["不能用于人员"],
    ),
    (["print", "operator_card", "1"], ["缺少：--out"]),
    (["print", "operator_card", "1", "--out", ""], ["文件夹"]),
    (["print", "operator_card", "1", "--out", "."], ["“.”是文件夹"]),
    (["print", "operator_card", "1", "--out", "/nix/a.pdf"], ["/nix/a.pdf", "没有编号"]),
    (["print", "operator_card", "1", "--out", "长" * 300], ["名称太长", "换一个路径"]),
    (["print", "nix", "1", "--out", "a.pdf"], ["没有“nix”这种文书", "operator_card"]),
    (["print", "青文旅档〔2026〕99号", "--out", "a.pdf"], ["没有“青文旅档〔2026〕99号”"]),
    (["print", "operator_card", "--out", "a.pdf"], ["请指明要打印“一企一档”的记录"]),
    (["print", "publication_original", "1", "2", "--out", "a.pdf"], ["一件一件地打印"]),
    (["print", "operator_roster", "1", "2", "--each", "--out", "a.pdf"], ["不能逐件出具"]),
    (["print", "operator_card", "1", "2", "--blank-serial", "A1", "--out", "a.pdf"], ["只能配一张空白证"]),
    (["print", "operator_card", "9999", "--out", "a.pdf"], ["编号为 9999"]),
    (["print", "operator_card", "1", "--out", "a.pdf", "--copies", "0"], ["份数", "1 到 999"]),
    (["print", "operator_card", "1", "--out", "a.pdf", "--copies", "几"], ["份数", "几"]),
    (["print", "licence_roster", "--out", "a.pdf"], ["--register", "publication_licence、printing_licence"]),
    (["print", "licence_roster", "--out", "a.pdf", "--register", "staff"], ["不能用于人员"]),
    (["print", "operator_roster", "1", "--search", "x", "--out", "a.pdf"], ["只用一种办法"]),
    (["print", "publication_original", "1", "--out", "a.pdf"], ["空白证号"]),
    (["read"], ["缺少：文件"]),
    (["read", "nix.xlsx"], ["nix.xlsx", "不存在"]),
    (["read", "/etc"], ["文件夹"]),
    (["read", "/dev/zero"], ["不是普通文件"]),
    (["import", "operator", "nix.xlsx"], ["nix.xlsx", "不存在"]),
    (["import", "nix", "nix.xlsx"], ["没有“nix”这个台账"]),
    (["import", "operator", "x.csv", "--accept", " "], ["--accept", "空"]),
    (["import", "operator", "x.csv", "--rejected", "x.docx"], ["x.docx", ".xlsx"]),
    (["export", "operator", "x.pdf"], ["x.pdf", ".xlsx 或 .csv"]),
    (["export", "operator", "/nix/x.xlsx"], ["x.xlsx", "不存在"]),
    (["export", "operator", "/nix/x.csv"], ["x.csv", "不存在"]),
    (["export", "nix", "x.xlsx"], ["没有“nix”这个台账"]),
    (["template", "operator", "/nix/t.xlsx"], ["t.xlsx", "不存在"]),
    (["template", "operator", "t"], [".xlsx"]),
    (["demo"], ["不能再建演示单位", "--data"]),
    (["backup", "--verify", "nix.zip"], ["nix.zip"]),
    (["backup", "--verify", "/etc/passwd"], ["passwd"]),
    (["backup", "--to", "/dev/null"], ["/dev/null"]),
    (["backup", "--to", ""], ["--to", "空"]),
    (["--"], ["不认识的参数：--"]),
]


@pytest.mark.parametrize(("words", "named"), WRONG, ids=[" ".join(words)[:50] or "-" for words, _ in WRONG])
def test_a_wrong_command_is_refused_by_name(
    seen: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], named: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    said = seen.refused(*words)
    assert [part for part in named if part not in said] == []
    assert len(said) < 1000
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["--data", "", "registers"], ["--data", "空"]),
        (["--clerk", " ", "registers"], ["--clerk", "空"]),
        (["--today", "", "registers"], ["2026-03-16"]),
        (["--today", "16.3.2026", "registers"], ["16.3.2026", "2026-03-16"]),
        (["--today", "9999-12-31", "registers"], ["1949 到 2199"]),
        (["--today", "2026-01-01", "--today", "2026-01-02", "registers"], ["--today", "只能写一次"]),
        (["--json=yes", "registers"], ["--json", "不带值"]),
    ],
)
def test_wrong_options_before_the_command_are_refused(words: list[str], named: list[str]) -> None:
    answer = run_command(words)
    assert answer.code == 2
    assert [part for part in named if part not in answer.err] == []


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a screen")
@pytest.mark.parametrize("words", [[], ["desk"]])
def test_without_a_screen_the_window_is_refused_in_words(monkeypatch: pytest.MonkeyPatch, words: list[str]) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    answer = run_command(words)
    assert answer.code == 2
    assert "没有屏幕" in answer.err


def folder_that_is_a_file(path: Path) -> None:
    path.write_text("x")


def database_that_is_none(path: Path) -> None:
    path.mkdir()
    (path / "wenlv.sqlite").write_bytes(b"this is no database, " * 100)


def database_that_is_a_folder(path: Path) -> None:
    (path / "wenlv.sqlite").mkdir(parents=True)


def database_of_a_newer_program(path: Path) -> None:
    path.mkdir()
    with sqlite3.connect(path / "wenlv.sqlite") as database:
        database.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        database.execute("INSERT INTO alembic_version VALUES ('9999')")
    database.close()


@pytest.mark.parametrize(
    ("make", "named"),
    [
        (folder_that_is_a_file, ["建不起来"]),
        (database_that_is_none, ["不是文旅台账的数据库"]),
        (database_that_is_a_folder, ["打不开数据库文件"]),
        (database_of_a_newer_program, ["更新版本", "升级"]),
    ],
)
def test_a_data_folder_that_is_none_is_refused(tmp_path: Path, make: object, named: list[str]) -> None:
    assert callable(make)
    make(tmp_path / "data")
    said = CommandLine(tmp_path / "data").refused("list", "operator")
    assert [part for part in named if part not in said] == []


def test_a_user_without_a_name_is_asked_for_one(shell: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os, "getuid", lambda: 4_000_000_000)
    answer = run_command(["--data", str(shell.folder), "list", "operator"])
    assert answer.code == 2
    assert "--clerk" in answer.err


def test_a_clerk_who_is_not_on_the_staff_register_is_refused_once_there_is_an_administrator(shell: CommandLine) -> None:
    shell("do", "staff.create", "--name", "王主任", "--roles", "管理员、录入员")
    said = shell.refused("list", "operator", clerk="生人")
    assert "人员台账里没有“生人”" in said
    assert "--clerk" in said
    assert shell("list", "operator", clerk="王主任")["total"] == 0


def test_who_lacks_the_right_is_told_who_has_it(shell: CommandLine) -> None:
    shell("do", "staff.create", "--name", "王主任", "--roles", "管理员、录入员")
    shell("do", "staff.create", "--name", "赵审计", "--roles", "审计员", clerk="王主任")
    said = shell.refused("do", "operator.create", "--operator_name", "甲书店", clerk="赵审计")
    assert "赵审计没有这项权限" in said
    assert "录入员" in said
