"""Errors a clerk can meet, apart from bugs."""


class UserError(Exception):
    """The clerk's business: a Chinese sentence that names the thing and the remedy, shown as it stands."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class OvertakenError(UserError):
    """Somebody else wrote to the record after the clerk had opened it; nothing was written."""
