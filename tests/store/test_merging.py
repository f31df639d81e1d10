"""Duplicates are shown when entered, merging moves what belongs to the twin, and one firm never becomes another by overwriting."""

import pytest

from tests.builders import Maker, dump
from tests.conftest import Perform
from wenlv_desk.core.errors import UserError
from wenlv_desk.registries.licence.publication import PublicationLicence
from wenlv_desk.registries.operator.records import Operator
from wenlv_desk.store.desk import Clerk
from wenlv_desk.store.duplicates import twins_of
from wenlv_desk.store.office import Office
from wenlv_desk.store.undo import undo

CODE = "91370687MA3ABC127D"


def test_the_same_credit_code_is_refused_and_both_firms_are_named(maker: Maker) -> None:
    maker.record("operator", operator_name="新岸书刊社", uscc=CODE)
    with pytest.raises(UserError) as refused:
        maker.record("operator", operator_name="新岸图书社", uscc=CODE)
    assert "库中已有“新岸书刊社”（统一社会信用代码相同）" in refused.value.message


def test_with_a_reason_another_firm_is_entered_all_the_same(office: Office, maker: Maker, perform: Perform) -> None:
    maker.record("operator", operator_name="新岸书刊社", uscc=CODE)
    perform("create", "operator", reason="原单位已注销", operator_name="新岸图书社", uscc=CODE)
    assert len(dump(office)["operator"]) == 2


@pytest.mark.parametrize("beside", [{"phone": "13800138000"}, {"address": "方圆街道海政路1号"}])
def test_a_similar_name_with_the_same_phone_or_address_is_pointed_out(maker: Maker, beside: dict[str, str]) -> None:
    maker.record("operator", operator_name="海阳市新华书店有限公司", **beside)
    with pytest.raises(UserError, match="名称相近"):
        maker.record("operator", operator_name="山东省海阳市新华书店有限责任公司", **beside)


def test_two_firms_at_one_address_are_not_taken_for_one(maker: Maker) -> None:
    maker.record("operator", operator_name="风帆彩印有限公司", address="方圆街道海政路1号")
    maker.record("operator", operator_name="澄书堂", address="方圆街道海政路1号")


def test_a_licence_number_written_otherwise_is_the_same_number(office: Office, maker: Maker) -> None:
    first = maker.record("printing_licence", licence_no="（鲁）印证字第 0031 号")
    registry = maker.registry("printing_licence")
    with office.database.read() as session:
        (twin,) = twins_of(session, registry, {"licence_no_normalized": "(鲁)印证字第0031号"})
    assert (twin.record_id, twin.certain) == (first, True)
    with pytest.raises(UserError, match="规范化编号相同"):
        maker.record("printing_licence", licence_no="(鲁)印证字第0031号")


def test_a_record_off_the_lists_is_no_duplicate(maker: Maker) -> None:
    first = maker.record("operator", uscc=CODE)
    maker.perform("void", maker.registry("operator"), first, why="重复")
    maker.record("operator", uscc=CODE)


def test_merging_moves_the_licences_fills_what_is_empty_and_can_be_undone(
    office: Office, clerk: Clerk, maker: Maker, perform: Perform
) -> None:
    kept = perform("create", "operator", operator_name="新岸书刊社", uscc=CODE).value
    twin = maker.record("operator", operator_name="新岸书刊社（分）", township="留格庄镇", uscc=None)
    licence = maker.record("publication_licence", operator_id=twin)
    before = dump(office)
    perform("merge", "operator", kept, other=twin)
    with office.desk(clerk) as desk:
        assert desk.get(PublicationLicence, licence).operator_id == kept
        merged = desk.get(Operator, kept)
        assert (merged.operator_name, merged.uscc, merged.township) == ("新岸书刊社", CODE, "留格庄镇")
        assert desk.get(Operator, twin).voided
    undo(office, clerk)
    assert dump(office) == before


def test_a_record_is_not_merged_with_itself_or_with_one_off_the_lists(maker: Maker, perform: Perform) -> None:
    first, second = maker.record("operator"), maker.record("operator")
    with pytest.raises(UserError, match="不能把一条记录并入它自己"):
        perform("merge", "operator", first, other=first)
    perform("void", "operator", second, why="重复")
    with pytest.raises(UserError, match="已经移出台账，不能再合并"):
        perform("merge", "operator", first, other=second)


def test_code_and_name_are_not_overwritten_together(maker: Maker, perform: Perform) -> None:
    first = maker.record("operator", operator_name="新岸书刊社", uscc=CODE)
    with pytest.raises(UserError, match="这会把“新岸书刊社”变成另一家"):
        perform("amend", "operator", first, operator_name="青屿书店", uscc="92370687MA3TEX013J")
    perform("amend", "operator", first, uscc="92370687MA3TEX013J")


@pytest.mark.parametrize(
    ("register", "name", "value"), [("operator", "uscc", CODE), ("printing_licence", "licence_no", "（鲁）印证字第1号")]
)
def test_a_code_of_another_record_is_amended_to_only_with_a_reason(
    maker: Maker, perform: Perform, register: str, name: str, value: str
) -> None:
    named = maker.registry(register).named_by
    maker.record(register, **{named: "新岸书刊社", name: value})
    second = maker.record(register, **{named: "青屿印务"})
    spelt = value.replace("（", "(").replace("）", ")")
    with pytest.raises(UserError, match="与库中“新岸书刊社”的相同，请核对"):
        perform("amend", register, second, **{name: spelt})
    perform("amend", register, second, **{name: spelt}, reason="两证同号，已报发证机关更正")
    perform("amend", register, second, remark="与同号无关")


def test_a_failing_check_digit_is_kept_with_a_reason_and_never_without(maker: Maker, perform: Perform) -> None:
    values = {"operator_name": "旧照书店", "uscc": "91440300MA5DA8QK3X"}
    with pytest.raises(UserError) as refused:
        perform("create", "operator", **values)
    assert "第 18 位" in refused.value.message
    assert "请写明理由" in refused.value.message
    perform("create", "operator", reason="营业执照原件如此", **values)
