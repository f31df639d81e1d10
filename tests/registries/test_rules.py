"""What must hold beyond each field by itself: refused, asked about, or only remarked, as the law and the trade have it."""

from datetime import date
from typing import Any

import pytest

from tests.builders import Maker
from tests.conftest import Perform
from wenlv_desk.core.errors import UserError
from wenlv_desk.standards.finding import Severity
from wenlv_desk.store.checks import Checked, check_record
from wenlv_desk.store.office import Office


def check_values(office: Office, maker: Maker, register: str, **values: Any) -> Checked:
    registry = maker.registry(register)
    given = maker.values(registry) | values
    with office.desk(maker.clerk) as desk:
        return check_record(registry, given, desk.context, desk.rule_context)


def said(checked: Checked) -> dict[str, Severity]:
    return {problem.field: problem.severity for problem in checked.problems}


@pytest.mark.parametrize("register", ["publication_licence", "printing_licence", "operator", "staff", "barred_person"])
def test_sound_values_raise_no_problem(office: Office, maker: Maker, register: str) -> None:
    assert said(check_values(office, maker, register)) == {}


REJECT, WARN, NOTE = Severity.REJECT, Severity.WARN, Severity.NOTE
ONLINE = {"online_filing_no": "备1号", "online_filing_date": date(2026, 11, 1), "online_url": "https://xin.example"}


@pytest.mark.parametrize(
    ("register", "values", "field", "severity"),
    [
        ("publication_licence", {"valid_from": "2026-05-01", "valid_to": "2026-04-30"}, "valid_to", REJECT),
        ("publication_licence", {"first_issue_date": "2026-11-21"}, "first_issue_date", REJECT),
        ("publication_licence", {"issue_date": "2026-12-01"}, "issue_date", WARN),
        ("publication_licence", {"valid_to": "长期"}, "valid_to", NOTE),
        ("publication_licence", {"valid_to": None}, "valid_to", NOTE),
        ("publication_licence", {"floor_area_m2": "-1"}, "floor_area_m2", REJECT),
        ("publication_licence", {"floor_area_m2": "5000"}, "floor_area_m2", NOTE),
        ("publication_licence", {"staff_count": "-3"}, "staff_count", REJECT),
        ("publication_licence", {"licence_no": "甲字第1号"}, "licence_no", NOTE),
        ("publication_licence", {"online_sale": "是", "online_url": None}, "online_sale", WARN),
        (
            "publication_licence",
            ONLINE | {"online_sale": "是", "online_since": date(2026, 10, 16)},
            "online_filing_date",
            WARN,
        ),
        ("publication_licence", {"id_doc_type": "居民身份证", "id_doc_no": "E12345678"}, "id_doc_no", WARN),
        ("publication_licence", {"id_doc_no": "370687199001010011"}, "id_doc_no", WARN),
        ("printing_licence", {"operator_kind": "个人", "print_categories": "出版物印刷"}, "print_categories", REJECT),
        ("printing_licence", {"operator_kind": "个人", "print_categories": "包装装潢印刷品印刷、其他印刷品印刷"}, "print_categories", REJECT),
        ("printing_licence", {"operator_kind": "个人", "print_categories": "其他印刷品印刷"}, "operator_kind", NOTE),
        ("printing_licence", {"registered_capital_wan": "-1"}, "registered_capital_wan", REJECT),
        ("printing_licence", {"licence_no": "新出发鲁零字第1号"}, "licence_no", NOTE),
        ("printing_equipment", {"made_year": "2027"}, "made_year", REJECT),
        ("printing_equipment", {"quantity": "0"}, "quantity", REJECT),
        ("operator", {"established_on": "2026-11-24"}, "established_on", WARN),
        ("operator", {"entity_kind": "个体工商户"}, "entity_kind", NOTE),
        ("staff", {"roles": "执法人员", "enforcement_cert_no": None}, "enforcement_cert_no", WARN),
        ("staff", {"cert_valid_to": "2026-11-22"}, "cert_valid_to", NOTE),
        ("barred_person", {"barred_until": date(2026, 11, 20)}, "barred_until", REJECT),
        ("bureau_settings", {"publication_number_pattern": "([零批"}, "publication_number_pattern", REJECT),
        ("bureau_settings", {"closing_time": "25:00"}, "closing_time", REJECT),
        ("bureau_settings", {"fire_season_from": "11-31"}, "fire_season_from", REJECT),
        ("bureau_settings", {"high_risk_from": "3-1"}, "high_risk_from", REJECT),
        ("bureau_settings", {"high_risk_to": "02-29"}, "high_risk_to", REJECT),
        ("bureau_settings", {"renewal_days": "0"}, "renewal_days", REJECT),
        ("category", {"code": "书店"}, "code", REJECT),
    ],
)  # fmt: skip
def test_a_rule_names_the_field_and_how_far_it_reaches(
    office: Office, maker: Maker, register: str, values: dict[str, Any], field: str, severity: Severity
) -> None:
    assert said(check_values(office, maker, register, **values)).get(field) is severity


@pytest.mark.parametrize(
    ("register", "values", "field"),
    [
        ("publication_licence", {"online_sale": "是", "online_since": date(2026, 10, 17), **ONLINE}, "online_filing_date"),
        ("publication_licence", {"floor_area_m2": "4999.99"}, "floor_area_m2"),
        ("publication_licence", {"valid_from": "2026-05-01", "valid_to": "2026-05-01"}, "valid_to"),
        ("printing_licence", {"operator_kind": "个人", "print_categories": "其他印刷品印刷、复印、打印、影印"}, "print_categories"),
        ("printing_licence", {"licence_no": "（鲁）印证字第 0031 号"}, "licence_no"),
        ("printing_equipment", {"made_year": "2026"}, "made_year"),
        ("staff", {"cert_valid_to": "2026-11-23"}, "cert_valid_to"),
    ],
)  # fmt: skip
def test_a_rule_lets_pass_what_just_holds(
    office: Office, maker: Maker, register: str, values: dict[str, Any], field: str
) -> None:
    assert field not in said(check_values(office, maker, register, **values))


def test_the_offices_own_number_pattern_replaces_the_shipped_one(
    office: Office, maker: Maker, perform: Perform
) -> None:
    perform("set_up", "bureau_settings", bureau_name="某某市文旅局", publication_number_pattern="^甲字第.+号$")
    assert "licence_no" not in said(check_values(office, maker, "publication_licence", licence_no="甲字第1号"))


def test_what_is_only_remarked_is_saved_without_a_reason(maker: Maker) -> None:
    maker.record("publication_licence", licence_no="甲字第1号", floor_area_m2="6000")


def test_what_is_asked_about_is_saved_with_a_reason_only(maker: Maker, perform: Perform) -> None:
    values = maker.values(maker.registry("staff")) | {"roles": "执法人员", "enforcement_cert_no": None}
    with pytest.raises(UserError, match="角色含执法人员，但没有执法证号。请改正；确需照此登记的，请写明理由"):
        perform("create", "staff", **values)
    perform("create", "staff", reason="证件正在换发", **values)
