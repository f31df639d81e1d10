"""The registers of this folder, in the order of the rail and the card."""

from wenlv_desk.registries.licence.barred import BARRED_PERSONS, BarredPerson
from wenlv_desk.registries.licence.printing import (
    PRINTING_EQUIPMENT,
    PRINTING_LICENCES,
    PrintingEquipment,
    PrintingLicence,
)
from wenlv_desk.registries.licence.publication import PUBLICATION_LICENCES, PublicationLicence
from wenlv_desk.registries.licence.shared import Licence
from wenlv_desk.registries.licence.versions import (
    PRINTING_VERSIONS,
    PUBLICATION_VERSIONS,
    LicenceVersion,
    PrintingLicenceVersion,
    PublicationLicenceVersion,
)

__all__ = [  # noqa: RUF022
    "PUBLICATION_LICENCES",
    "PRINTING_LICENCES",
    "PRINTING_EQUIPMENT",
    "PUBLICATION_VERSIONS",
    "PRINTING_VERSIONS",
    "BARRED_PERSONS",
    "BarredPerson",
    "Licence",
    "LicenceVersion",
    "PrintingEquipment",
    "PrintingLicence",
    "PrintingLicenceVersion",
    "PublicationLicence",
    "PublicationLicenceVersion",
]
