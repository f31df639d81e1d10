"""年审记录页: at which place of the duplicate the next yearly record is printed."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from wenlv_desk.registries.licence.versions import PrintingLicenceVersion, PublicationLicenceVersion
from wenlv_desk.registries.licence.vocabulary import VersionEvent
from wenlv_desk.registries.review.case import ReviewCase
from wenlv_desk.registries.review.vocabulary import LicenceKind
from wenlv_desk.store.desk import Desk

FRESH = (VersionEvent.RENEWAL, VersionEvent.REISSUE)  # a new duplicate, with nothing on it yet


@dataclass(frozen=True)
class Place:
    """The page of the duplicate and the place on it, from 0."""

    blank: str
    place: int


def next_place(desk: Desk, ids: Sequence[int]) -> Place:
    """The place after the earlier years that were stamped on the present duplicate."""
    case = desk.get(ReviewCase, ids[0])
    printing = case.licence_kind is LicenceKind.PRINTING
    versions = PrintingLicenceVersion if printing else PublicationLicenceVersion
    licence_id = case.printing_licence_id if printing else case.publication_licence_id
    column = ReviewCase.printing_licence_id if printing else ReviewCase.publication_licence_id
    fresh = desk.session.scalar(
        select(func.max(versions.happened_on)).where(
            versions.licence_id == licence_id, versions.event.in_(FRESH), ~versions.voided
        )
    )
    earlier = select(func.count()).where(
        column == licence_id, ReviewCase.stamped_on.is_not(None), ReviewCase.review_year < case.review_year
    )
    if fresh is not None:
        earlier = earlier.where(ReviewCase.stamped_on >= fresh)
    return Place("printing_review" if printing else "publication_review", int(desk.session.scalar(earlier) or 0))
