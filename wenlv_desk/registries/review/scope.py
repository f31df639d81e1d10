"""应审范围: which licences a campaign takes in, and why, in a sentence for each (domain 0.2 no. 4, 1.8)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select

from wenlv_desk.registries.licence.printing import PrintingLicence
from wenlv_desk.registries.licence.publication import PublicationLicence
from wenlv_desk.registries.licence.vocabulary import BusinessMode, PrintCategory, Status
from wenlv_desk.registries.operator.records import Operator
from wenlv_desk.registries.review.campaign import ReviewCampaign
from wenlv_desk.registries.review.vocabulary import LicenceKind, NewCountedBy
from wenlv_desk.store.desk import Desk

Licences = type[PublicationLicence] | type[PrintingLicence]
RECORDS: Mapping[LicenceKind, Licences] = {
    LicenceKind.PUBLICATION: PublicationLicence,
    LicenceKind.PRINTING: PrintingLicence,
}
ENDED = {Status.CANCELLED: "注销", Status.REVOKED: "吊销", Status.WITHDRAWN: "撤销"}
COPIED = (
    "id",
    "voided",
    "status",
    "operator_id",
    "licensee_name",
    "licence_no",
    "legal_representative",
    "contact_phone",
    "business_premises",
    "township",
    "issue_date",
    "first_issue_date",
    "valid_to",
    "ended_on",
)


@dataclass(frozen=True)
class Judged:
    """A licence in or out of a campaign, and why."""

    licence: Any  # a row with the columns of COPIED
    included: bool
    why: str


def licences_of(campaign: ReviewCampaign) -> Licences:
    """The register of licences that the campaign is about."""
    return RECORDS[campaign.licence_kind]


def judged(desk: Desk, campaign: ReviewCampaign, licence_id: int | None = None) -> Iterator[Judged]:
    """Every licence of the campaign's kind (or the one named) with the reason why it is in or out."""
    rule = _Rule(campaign)
    for row in desk.session.execute(_rows(campaign, licence_id)):
        included, why = rule.judge(row)
        yield Judged(row, included, why)


def _rows(campaign: ReviewCampaign, licence_id: int | None) -> Select[Any]:
    record = licences_of(campaign)
    columns = [getattr(record, name) for name in COPIED]
    kinds = record.business_mode if record is PublicationLicence else record.print_categories  # type: ignore[union-attr]
    statement = (
        select(*columns, kinds.label("kinds"), Operator.established_on)
        .join(Operator, Operator.id == record.operator_id)
        .order_by(record.id)
    )
    return statement if licence_id is None else statement.where(record.id == licence_id)


class _Rule:
    """The campaign's rule applied to one licence after the other."""

    def __init__(self, campaign: ReviewCampaign) -> None:
        self.campaign = campaign
        self.printing = campaign.licence_kind is LicenceKind.PRINTING
        self.wanted = frozenset((campaign.print_categories if self.printing else campaign.business_modes) or ())

    def judge(self, row: Any) -> tuple[bool, str]:
        """Whether the licence takes part, and the sentence that says why."""
        out = self._ended(row) or self._other_kind(row) or self._too_new(row)
        return (False, f"不参加：{out}") if out else (True, f"应审：{self._why(row)}")

    def _ended(self, row: Any) -> str:
        if row.voided:
            return "许可证已移出台账"
        if row.status is Status.DRAFT:
            return "许可证还是草稿，没有核发"
        if row.status in ENDED:
            on = f"于 {row.ended_on} " if row.ended_on else ""
            return f"许可证已{on}{ENDED[row.status]}"
        return ""

    def _other_kind(self, row: Any) -> str:
        held = frozenset(row.kinds or ())
        if not self.wanted or not held or held & self.wanted:
            return ""
        vocabulary = PrintCategory if self.printing else BusinessMode
        said, wanted = (_listed(vocabulary, codes) for codes in (held, self.wanted))
        return f"{'经营种类' if self.printing else '经营方式'}为{said}，本批次只审{wanted}"

    def _too_new(self, row: Any) -> str:
        campaign = self.campaign
        day = self.counted_day(row)
        if day is None:
            return ""
        label = campaign.new_counted_by.label
        if (first := self.issued(row)) and not campaign.include_issued_by and first > campaign.onsite_from:
            return f"{NewCountedBy.ISSUED.label} {first} 晚于现场核验起 {campaign.onsite_from}，开始时还没有许可证"
        if campaign.include_issued_by and day > campaign.include_issued_by:
            return f"{label} {day} 晚于纳入截止日 {campaign.include_issued_by}"
        if not campaign.new_take_part and day >= campaign.period_from:
            return f"{label} {day} 在 {campaign.period_from} 以后，本批次规定上年新办的不参加"
        return ""

    def counted_day(self, row: Any) -> date | None:
        """The day by which the unit counts as new."""
        if self.campaign.new_counted_by is NewCountedBy.ESTABLISHED:
            return row.established_on or self.issued(row)
        return self.issued(row)

    @staticmethod
    def issued(row: Any) -> date | None:
        """The day the unit was first given a licence, as far as it is on file."""
        day: date | None = row.first_issue_date or row.issue_date
        return day

    def _why(self, row: Any) -> str:
        day, campaign = self.counted_day(row), self.campaign
        label = campaign.new_counted_by.label
        if day is None:
            return f"持有许可证，没有登记{label}，按已领证纳入，请核对"
        by = f"，不晚于纳入截止日 {campaign.include_issued_by}" if campaign.include_issued_by else ""
        new = "，上年新办，本批次规定参加" if campaign.period_from <= day <= campaign.period_to else ""
        lapsed = (
            f"；有效期 {row.valid_to} 已过，须先办延续" if row.valid_to and row.valid_to < campaign.onsite_from else ""
        )
        return f"持有许可证，{label} {day}{by}{new}{lapsed}"


def _listed(vocabulary: type[BusinessMode] | type[PrintCategory], codes: frozenset[str]) -> str:
    return "、".join(member.label for member in vocabulary if member.value in codes)
