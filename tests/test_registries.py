"""One suite over every register: what its declaration promises to lists, forms, ledgers and search."""

import re
from collections import Counter

import pytest

from tests.builders import Maker
from wenlv_desk.core.fields import Field
from wenlv_desk.core.kinds import Many, Reference
from wenlv_desk.core.registry import Registry
from wenlv_desk.registries import catalogue
from wenlv_desk.resources import resource
from wenlv_desk.standards.names import normal_name
from wenlv_desk.store.checks import check_record
from wenlv_desk.store.office import Office
from wenlv_desk.store.query import Listing, ListQuery

EVERY = list(catalogue().registries.values())
CHINESE = re.compile(r"[\u4e00-\u9fff]")
every_registry = pytest.mark.parametrize("registry", EVERY, ids=lambda registry: registry.name)


def headings(registry: Registry) -> list[str]:
    """Everything a column of a ledger may be called, in the form in which headings are compared."""
    fields = registry.fields.values()
    return [
        *(normal_name(f.label) for f in fields),
        *(normal_name(alias) for f in fields if f.typed for alias in f.aliases),
        *(normal_name(computed.label) for computed in registry.computed),
    ]


@every_registry
def test_labels_and_aliases_name_one_thing_each(registry: Registry) -> None:
    twice = [text for text, count in Counter(headings(registry)).items() if count > 1]
    assert twice == []


@every_registry
def test_a_form_shows_every_field_exactly_once(registry: Registry) -> None:
    shown = Counter(name for section in registry.sections for name in section.fields)
    assert [name for name, count in shown.items() if count > 1] == []
    assert set(registry.typed_fields) <= set(shown)
    assert set(shown) <= set(registry.fields)


@every_registry
def test_what_a_register_refers_to_exists(registry: Registry) -> None:
    names = {*registry.fields, *(computed.name for computed in registry.computed)}
    assert set(registry.columns) <= names
    assert set(registry.filters) <= names
    assert {registry.named_by} <= set(registry.fields)
    assert not registry.code or registry.code in registry.fields
    assert not registry.state or registry.state in names
    assert registry.identity
    assert {name for group in registry.identity for name in group} <= set(registry.fields)
    assert {*registry.duplicates.same, *registry.duplicates.beside} <= set(registry.fields)
    assert not registry.duplicates.name or registry.duplicates.name in registry.fields
    for computed in registry.computed:
        assert not computed.beside or computed.beside in names
        assert computed.name not in registry.fields


@every_registry
def test_what_a_register_owes_to_another_exists(registry: Registry) -> None:
    for declared in registry.fields.values():
        if isinstance(declared.kind, Reference):
            assert declared.kind.register in catalogue().registries
        if isinstance(declared.kind, Many) and declared.kind.register:
            assert catalogue().registries[declared.kind.register].code
    if registry.owner is not None:
        owner = catalogue().registries[registry.owner.register]
        assert registry.owner.field in registry.fields
        assert set(registry.owner.takes) <= set(owner.fields)
        assert set(registry.owner.takes.values()) <= set(registry.fields)
        if registry.owner.takes:
            assert {n for n, f in owner.typed_fields.items() if f.required} <= set(registry.owner.takes)


@every_registry
def test_a_register_speaks_chinese(registry: Registry) -> None:
    assert CHINESE.search(registry.title)
    assert CHINESE.search(registry.empty_hint)
    for declared in registry.fields.values():
        assert CHINESE.search(declared.label)
        assert not declared.help or CHINESE.search(declared.help)
    assert resource("icons", f"{registry.icon}.svg").is_file()


def test_titles_of_registers_and_their_names_are_told_apart() -> None:
    titles = Counter([r.title for r in EVERY] + [r.name for r in EVERY])
    assert [text for text, count in titles.items() if count > 1] == []


@every_registry
def test_personal_data_is_marked_secret(registry: Registry) -> None:
    personal = ("电话", "手机", "身份证", "证件号码")
    open_ones = [
        f.label
        for f in registry.fields.values()
        if any(word in f.label for word in personal) and not f.secret and f.label != "窗口电话"
    ]
    assert open_ones == []


@pytest.mark.parametrize("registry", [r for r in EVERY if r.typed and not r.single], ids=lambda r: r.name)
def test_what_is_entered_is_shown_listed_found_and_kept(registry: Registry, office: Office, maker: Maker) -> None:
    record_id = maker.record(registry.name)
    names = (*registry.fields, *(computed.name for computed in registry.computed))
    with office.desk(maker.clerk) as desk:
        listing = Listing(desk.session, office.catalogue, registry, ListQuery(), desk.today, names=names, unmask=True)
        (row,) = [row for row in listing.every() if row.id == record_id]
        again = {name: row.shown[name] for name in registry.typed_fields}
        checked = check_record(registry, again, desk.context, desk.rule_context)
        assert {n: checked.values[n] for n in registry.typed_fields} == {
            n: row.values[n] for n in registry.typed_fields
        }
        for name in registry.filters:
            assert listing.distinct(name)
        for declared in registry.fields.values():
            if declared.search is not None and row.values[declared.name]:
                assert record_id in found(office, maker, registry, str(row.values[declared.name])), declared.label


def found(office: Office, maker: Maker, registry: Registry, text: str) -> set[int]:
    with office.desk(maker.clerk) as desk:
        listing = Listing(desk.session, office.catalogue, registry, ListQuery(search=text), desk.today)
        return set(listing.ids())


@pytest.mark.parametrize("registry", [r for r in EVERY if r.typed and not r.single], ids=lambda r: r.name)
def test_every_column_filters_and_sorts(registry: Registry, office: Office, maker: Maker) -> None:
    record_id = maker.record(registry.name)
    with office.desk(maker.clerk) as desk:
        everything = Listing(desk.session, office.catalogue, registry, ListQuery(), desk.today, names=registry.filters)
        (row,) = [row for row in everything.every() if row.id == record_id]
        for name in registry.filters:
            code = first_code(row.values[name])
            query = ListQuery(where={name: (code,)}, sort=tuple((column, True) for column in registry.columns))
            listing = Listing(desk.session, office.catalogue, registry, query, desk.today)
            assert record_id in listing.ids(), name
            assert listing.count() == len(listing.ids())


def first_code(value: object) -> str:
    if value is None or isinstance(value, bool):
        return {None: "", True: "是", False: "否"}[value]
    return str(value[0]) if isinstance(value, tuple) else str(value)


def test_secret_fields_are_masked_in_lists(office: Office, maker: Maker) -> None:
    registry = maker.registry("staff")
    maker.record("staff", phone="13812348000")
    with office.desk(maker.clerk) as desk:
        (row,) = Listing(desk.session, office.catalogue, registry, ListQuery(), desk.today).top(0, 5)
        assert row.shown["phone"] == "138****8000"


def test_field_declarations_are_complete() -> None:
    undeclared = [
        f"{registry.name}.{column.key}"
        for registry in EVERY
        for column in registry.record.__table__.columns
        if column.key not in ("id", "version", "voided") and not isinstance(column.info.get("field"), object)
    ]
    assert undeclared == []
    assert all(isinstance(f, Field) for registry in EVERY for f in registry.fields.values())
