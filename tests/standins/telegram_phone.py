"""Updates as Telegram posts them, written by a pretend phone: one person chatting with one bot.

phone = TelegramPhone(4471, "Rina")
phone.text("jam 7 lewat 20")
→ {"update_id": 1, "message": {"message_id": 1, "date": …, "chat": …, "from": …, "text": "jam 7 lewat 20"}}
"""

import itertools
import time
from typing import Any

Update = dict[str, Any]

_update_ids = itertools.count(100_000_001)


class TelegramPhone:
    """Update ids rise over all phones, as they do over all chats of a bot."""

    def __init__(self, chat: int, name: str = "Rina") -> None:
        self.chat = chat
        self.user = {"id": chat, "is_bot": False, "first_name": name, "language_code": "id"}
        self._message_ids = itertools.count(1)

    def text(self, words: str) -> Update:
        return self._message(text=words)

    def start(self, payload: str = "") -> Update:
        return self._message(
            text=f"/start {payload}".strip(),
            entities=[{"type": "bot_command", "offset": 0, "length": 6}],
        )

    def tap(self, key: str, under: str = "…") -> Update:
        """A button of one of the bot's messages."""
        shown = {
            "message_id": next(self._message_ids),
            "date": int(time.time()),
            "chat": self._chat(),
            "text": under,
        }
        tapped = {
            "id": str(next(_update_ids)),
            "from": self.user,
            "chat_instance": "1",
            "message": shown,
            "data": key,
        }
        return {"update_id": next(_update_ids), "callback_query": tapped}

    def contact(self, phone: str, of: int | None = None) -> Update:
        """One's own number, unless it is somebody else's."""
        return self._message(
            contact={"phone_number": phone, "first_name": "Rina", "user_id": of or self.chat}
        )

    def location(self, latitude: float, longitude: float) -> Update:
        return self._message(location={"latitude": latitude, "longitude": longitude})

    def photo(self, file_id: str, caption: str = "", album: str = "") -> Update:
        sizes = [
            {"file_id": f"{file_id}-small", "file_unique_id": "s", "width": 90, "height": 67},
            {"file_id": file_id, "file_unique_id": "l", "width": 1280, "height": 960, "file_size": 90_000},
        ]
        return self._message(photo=sizes, **_filled(caption=caption, media_group_id=album))

    def document(self, file_id: str, name: str, content_type: str, size: int = 1000) -> Update:
        return self._message(
            document={
                "file_id": file_id,
                "file_unique_id": "d",
                "file_name": name,
                "mime_type": content_type,
                "file_size": size,
            }
        )

    def voice(self, file_id: str, seconds: int = 5) -> Update:
        return self._message(
            voice={
                "file_id": file_id,
                "file_unique_id": "v",
                "duration": seconds,
                "mime_type": "audio/ogg",
                "file_size": 9000,
            }
        )

    def _message(self, **content: object) -> Update:
        message = {
            "message_id": next(self._message_ids),
            "date": int(time.time()),
            "chat": self._chat(),
            "from": self.user,
        }
        return {"update_id": next(_update_ids), "message": message | content}

    def _chat(self) -> dict[str, object]:
        return {"id": self.chat, "type": "private", "first_name": self.user["first_name"]}


def _filled(**given: str) -> dict[str, str]:
    return {name: value for name, value in given.items() if value}
