"""Ears that write down what they hear, and can be struck deaf."""

from core.model.messages import Channel, Incoming


class RecordingEars:
    def __init__(self) -> None:
        self.heard: list[tuple[Incoming, bytes]] = []
        self.failures: list[tuple[Channel, str, str, bytes, str]] = []
        self.is_deaf = False

    @property
    def is_untouched(self) -> bool:
        return not self.heard and not self.failures

    async def hear(self, incoming: Incoming, raw: bytes) -> None:
        if self.is_deaf:
            raise OSError("disk full")
        self.heard.append((incoming, raw))

    async def keep_failure(
        self, channel: Channel, account: str, message_id: str, raw: bytes, reason: str
    ) -> None:
        if self.is_deaf:
            raise OSError("disk full")
        self.failures.append((channel, account, message_id, raw, reason))
