"""Papers of both licences: onto the state's blanks (套打), the registration page (登记信息页) and the roster (名册)."""

from wenlv_desk.core.papers import paper
from wenlv_desk.issuing.matter import Matter, Shown
from wenlv_desk.issuing.pages import footer, onto_blank, record_form, roster, short_digest
from wenlv_desk.registries.licence.records import PrintingLicence, PublicationLicence
from wenlv_desk.registries.licence.vocabulary import Status
from wenlv_desk.standards.dates import show_date_cn
from wenlv_desk.typeset import forms
from wenlv_desk.typeset.page import Document, Page

# A state blank says that the licence is in force: a draft is none yet, what has ended is none any more.
ONTO_BLANK = {"when": (Status.ACTIVE, Status.SUSPENDED), "instead": "需要留底的请印“登记信息页”", "series": "证"}


@paper("出版物经营许可证正本（套打）", on=(PublicationLicence,), blank="publication_original", **ONTO_BLANK)
def publication_original(matter: Matter) -> Document:
    """The values of the licence onto the blank original."""
    return _onto_blank(matter, "publication_original")


@paper("出版物经营许可证副本（套打）", on=(PublicationLicence,), blank="publication_duplicate", **ONTO_BLANK)
def publication_duplicate(matter: Matter) -> Document:
    """The values of the licence onto the blank duplicate."""
    return _onto_blank(matter, "publication_duplicate")


@paper("印刷经营许可证正本（套打）", on=(PrintingLicence,), blank="printing_original", **ONTO_BLANK)
def printing_original(matter: Matter) -> Document:
    """The values of the licence onto the blank original."""
    return _onto_blank(matter, "printing_original")


@paper("印刷经营许可证副本（套打）", on=(PrintingLicence,), blank="printing_duplicate", **ONTO_BLANK)
def printing_duplicate(matter: Matter) -> Document:
    """The values of the licence onto the blank duplicate."""
    return _onto_blank(matter, "printing_duplicate")


@paper("登记信息页", on=(PublicationLicence, PrintingLicence), series="登", many=True, each=True)
def licence_registration(matter: Matter) -> Document:
    """One page a licence for the file, numbered by itself; a batch is one document."""
    pages = [_registration(matter, record) for record in matter.records]
    return forms.document("登记信息页", *pages, each_apart=True)


@paper("许可证名册", on=(PublicationLicence, PrintingLicence), series="册", many=True)
def licence_roster(matter: Matter) -> Document:
    """The listed licences as a table, A4 laid on its long side."""
    return roster(matter, f"{matter.registry.title}名册")


def _onto_blank(matter: Matter, blank: str) -> Document:
    return onto_blank(matter, blank, _on_licence(matter.record))


def _registration(matter: Matter, record: Shown) -> Page:
    return forms.form(
        "登记信息页",
        record_form(record),
        office=matter.office.get("bureau_name", ""),
        number=matter.number,
        date=show_date_cn(matter.today),
        qr=f"{matter.number}|{record.register}/{record.id}|{short_digest(matter, record)}",
        note="本页由登记台账打印，用于归档，不作证照使用。",
        sign=("经办人", "审核人"),
        footer=footer(matter, record),
    )


def _on_licence(record: Shown) -> dict[str, str]:
    """What is written on a licence, by the names that blank profiles use; dates as documents write them."""
    texts = dict(record.texts)
    for name in ("valid_from", "valid_to", "issue_date"):
        day = record.values.get(name)
        texts[name] = show_date_cn(day) if day else "长期" if name == "valid_to" else ""
    texts["valid_period"] = (
        f"自{texts['valid_from']}至{texts['valid_to']}" if texts["valid_from"] else texts["valid_to"]
    )
    return texts
