"""Headings find their fields by label, alias, shape and likeness; what stands for nothing is listed; choices are remembered."""

import pytest

from tests.ledger.desks import CLERK, at_desk, mapped, planned, table
from wenlv_desk.core.errors import UserError
from wenlv_desk.ledger.apply import apply_plan
from wenlv_desk.ledger.headings import HeadingMap, keep, missing
from wenlv_desk.ledger.options import unknown_words
from wenlv_desk.store.office import Office


def fields(mapping: HeadingMap) -> list[str]:
    return [column.field for column in mapping.columns]


def test_labels_and_aliases_are_found_whatever_is_printed_around_them(office: Office) -> None:
    given = table(["*单位名称", "信用代码（18位）", "法人 代表", "联系电话\n（手机）", "详细地址", "成立日期*"])
    assert fields(mapped(office, "operator", given)) == [
        "operator_name",
        "uscc",
        "legal_representative",
        "phone",
        "address",
        "established_on",
    ]


def test_a_heading_of_two_rows_is_found_by_its_lower_one(office: Office) -> None:
    given = table(["基本情况/单位名称", "安全负责人/电话"])
    assert fields(mapped(office, "operator", given)) == ["operator_name", "safety_phone"]


def test_a_like_heading_is_proposed_with_less_confidence(office: Office) -> None:
    (_, like) = mapped(office, "operator", table(["单位名称", "统一社会信用代玛"])).columns
    assert like.field == "uscc"
    assert 0.75 <= like.confidence < 1
    assert "请核对" in like.why


def test_a_serial_number_is_ignored_knowingly_and_the_rest_is_listed(office: Office) -> None:
    given = table(["序号", "单位名称", "注册资金（万元）"], [1, "新岸书店", 50])
    mapping = mapped(office, "operator", given)
    assert mapping.columns[0].ignored
    assert mapping.unmapped == ("注册资金（万元）",)
    assert mapping.columns[2].samples == ("50",)


def test_two_columns_never_stand_for_one_field(office: Office) -> None:
    mapping = mapped(office, "operator", table(["单位名称", "企业名称"]))
    assert fields(mapping) == ["operator_name", ""]
    assert mapping.unmapped == ("企业名称",)


def test_a_licence_ledger_may_use_the_words_of_the_operator(office: Office) -> None:
    given = table(["证号", "商户名称", "注册地址"])
    assert fields(mapped(office, "publication_licence", given)) == ["licence_no", "licensee_name", "business_premises"]


def test_derived_columns_are_recognised_and_not_taken(office: Office) -> None:
    mapping = mapped(office, "publication_licence", table(["许可证编号", "规范化编号", "终止原因"]))
    assert [column.ignored for column in mapping.columns] == [False, True, True]
    assert mapping.unmapped == ()


def test_the_clerk_can_give_a_column_to_another_field(office: Office) -> None:
    registry = office.catalogue.registry("operator")
    mapping = mapped(office, "operator", table(["单位名称", "企业全称"])).assign(registry, "企业全称", "单位名称")
    assert fields(mapping) == ["", "operator_name"]
    assert fields(mapping.assign(registry, "企业全称", "")) == ["", ""]


def test_a_wrong_heading_or_field_is_named_with_those_there_are(office: Office) -> None:
    registry = office.catalogue.registry("operator")
    mapping = mapped(office, "operator", table(["单位名称"]))
    with pytest.raises(UserError, match="文件里没有“名”这一列，有：单位名称"):
        mapping.assign(registry, "名", "operator_name")
    with pytest.raises(UserError, match="经营单位没有“店长”这一项"):
        mapping.assign(registry, "单位名称", "店长")


def test_required_fields_without_a_column_are_named(office: Office) -> None:
    registry = office.catalogue.registry("operator")
    assert missing(registry, mapped(office, "operator", table(["信用代码"]))) == ("单位名称",)


def test_a_changed_mapping_is_proposed_again_for_a_file_of_the_same_shape(office: Office) -> None:
    registry = office.catalogue.registry("operator")
    given = table(["店招", "备注"], ["新岸书店", "x"])
    chosen = mapped(office, "operator", given).assign(registry, "店招", "operator_name").assign(registry, "备注", "")
    with office.database.write() as session, at_desk(office) as desk:
        desk.session = session
        keep(desk, registry, chosen)
    again = mapped(office, "operator", given)
    assert fields(again) == ["operator_name", ""]
    assert again.columns[0].why == "上次这样对应"
    assert fields(mapped(office, "operator", table(["店招", "说明"]))) == ["", ""]


def test_an_applied_import_remembers_its_mapping(office: Office) -> None:
    plan = planned(office, ["单位名称", "企业全称"], ["新岸书店", "新岸"])
    apply_plan(office, CLERK, plan)
    assert mapped(office, "operator", table(["单位名称", "企业全称"])).columns[1].field == ""


def test_words_that_a_vocabulary_does_not_know_are_listed_with_what_may_be_meant(office: Office) -> None:
    given = table(["单位名称", "经营状态"], ["甲店", "营业中"], ["乙店", "营业中"], ["丙店", "停业"], ["丁店", "N/A"])
    mapping = mapped(office, "operator", given)
    with at_desk(office) as desk:
        (unknown,) = unknown_words(desk, office.catalogue.registry("operator"), given, mapping)
        assert (unknown.text, unknown.count, unknown.suggestions[0]) == ("营业中", 2, "营业")
        translated = mapping.with_word("operating_status", "营业中", "营业")
        assert unknown_words(desk, office.catalogue.registry("operator"), given, translated) == []
