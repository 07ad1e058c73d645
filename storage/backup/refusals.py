"""Why a backup is not taken or not restored."""


class BackupRefused(Exception):
    """It cannot be done; `reason` ends the key of the sentence that says why."""

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.values = values
