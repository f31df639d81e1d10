"""Journey 4: the same firm entered twice — pointed out, merged, and the merge taken back."""

from tests.shelling import CommandLine

SHOP = ("--operator_name", "青屿海风书店", "--phone", "13800130001", "--address", "青屿街道文化街1号")
AGAIN = ("--operator_name", "海风书店", "--phone", "13800130001", "--legal_representative", "林海风")


def test_a_firm_entered_twice_is_pointed_out_merged_and_unmerged(shell: CommandLine) -> None:
    first = shell("do", "operator.create", *SHOP)["value"]
    said = shell.refused("do", "operator.create", *AGAIN)
    assert "青屿海风书店" in said
    assert "联系电话相同" in said
    second = shell("do", "operator.create", *AGAIN, "--why-anyway", "以为是另一家")["value"]
    licence = shell(
        *("do", "publication_licence.create", "--licence_no", "新出发鲁零字第甲001号", "--operator_id", second),
        *("--licensee_name", "海风书店", "--legal_representative", "林海风", "--business_premises", "文化街1号"),
    )["value"]
    before = [shell("show", "operator", first), shell("show", "operator", second)]

    merged = shell("do", "operator.merge", first, "--other", second)
    card = shell("show", "operator", first)
    assert card["legal_representative"] == "林海风"
    assert [one["id"] for one in card["publication_licence"]] == [licence]
    assert shell("list", "operator")["total"] == 1
    assert shell("list", "operator", "--search", "海风")["total"] == 1
    assert "移出台账" in shell.refused("do", "operator.amend", second, "--township", "青屿")

    shell("undo", merged["entry"])
    assert [shell("show", "operator", first), shell("show", "operator", second)] == before
    assert shell("list", "operator", "--search", "海风")["total"] == 2
    assert shell("check") == {"problems": []}


def test_the_same_credit_code_is_certain(bureau: CommandLine) -> None:
    said = bureau.refused("do", "operator.create", "--operator_name", "别名", "--uscc", "91990087MADG699420")
    assert "山海书局" in said
    assert "统一社会信用代码相同" in said


def test_the_same_licence_number_in_other_brackets_is_certain(bureau: CommandLine) -> None:
    said = bureau.refused(
        *("do", "printing_licence.create", "--licence_no", "(鲁) 印证字第示0031号", "--operator_id", "山海书局"),
        *("--licensee_name", "别名", "--legal_representative", "某", "--business_premises", "某处"),
    )
    assert "相同" in said


def test_one_firm_is_never_turned_into_another(bureau: CommandLine) -> None:
    words = ("--operator_name", "另一家", "--uscc", "91990087MADR45000D")
    assert "同时改了" in bureau.refused("do", "operator.amend", "山海书局", *words, "--why-anyway", "照登")


def test_a_merge_that_others_built_on_is_not_undone_unseen(bureau: CommandLine) -> None:
    merged = bureau("do", "operator.merge", 41, "--other", 37)
    bureau("do", "operator.restore", 37, clerk="周建国")
    said = bureau.refused("undo", merged["entry"])
    assert "周建国" in said
    assert "恢复到台账" in said
