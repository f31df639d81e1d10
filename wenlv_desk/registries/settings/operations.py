"""The first run: the bureau says who it is, and the category list it starts with is entered (domain 6.3, 12)."""

import csv
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from wenlv_desk.core.choices import Role
from wenlv_desk.core.errors import UserError
from wenlv_desk.core.operations import Subject, operation
from wenlv_desk.core.registry import Registry
from wenlv_desk.issuing.wording import take_over
from wenlv_desk.registries.settings.records import BureauSettings, Category
from wenlv_desk.resources import resource
from wenlv_desk.store.checks import check_record, insist
from wenlv_desk.store.desk import Desk


@operation("初次设置", subject=Subject.REGISTER, on=(BureauSettings,), by=(Role.ADMIN,), takes_values=True)
def set_up(desk: Desk, registry: Registry, *, values: Mapping[str, Any], reason: str) -> BureauSettings:
    """Say who the bureau is. Done once; afterwards the settings are amended like any record."""
    if desk.session.scalar(select(BureauSettings.id)) is not None:
        raise UserError("本单位信息已经设置过，请在“设置”里修改")
    checked = check_record(registry, values, desk.context, desk.rule_context)
    insist(registry, checked, reason)
    made = BureauSettings(**checked.values)
    desk.add(made)
    return made


@operation(
    "建立初始类别",
    subject=Subject.REGISTER,
    on=(Category,),
    by=(Role.ADMIN,),
    undoable=False,
)
def seed(desk: Desk, registry: Registry) -> int:  # noqa: ARG001
    """Enter the kinds of supervised units the program brings along, and its texts of notices; a list that was begun is left
    alone."""
    if desk.session.scalar(select(Category.id)) is not None:
        raise UserError("经营类别已经建立，请直接增减修改")
    take_over(desk)
    return len(desk.insert_many(Category, shipped_categories()))


def shipped_categories() -> list[dict[str, Any]]:
    """The rows of resources/categories.csv as column values."""
    with resource("categories.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        {
            "code": row["code"],
            "label": row["label"],
            "aliases": row["aliases"] or None,
            "position": position,
            "core_document": row["core_document"] or None,
            "ours": row["ours"] == "是",
        }
        for position, row in enumerate(rows, start=1)
    ]
