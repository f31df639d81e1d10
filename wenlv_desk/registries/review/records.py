"""The registers of this folder, in the order of the rail and the card."""

from wenlv_desk.registries.review.campaign import REVIEW_CAMPAIGNS, ReviewCampaign
from wenlv_desk.registries.review.case import REVIEW_CASES, ReviewCase
from wenlv_desk.registries.review.material import REVIEW_MATERIALS, REVIEW_PAUSES, ReviewMaterial, ReviewPause
from wenlv_desk.registries.review.requirements import (
    REVIEW_GROUNDS,
    REVIEW_REQUIREMENTS,
    ReviewGround,
    ReviewRequirement,
)

__all__ = [  # noqa: RUF022
    "REVIEW_CASES",
    "REVIEW_CAMPAIGNS",
    "REVIEW_REQUIREMENTS",
    "REVIEW_GROUNDS",
    "REVIEW_MATERIALS",
    "REVIEW_PAUSES",
    "ReviewCampaign",
    "ReviewCase",
    "ReviewGround",
    "ReviewMaterial",
    "ReviewPause",
    "ReviewRequirement",
]
