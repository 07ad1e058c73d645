"""The way out through Twilio: one number of ours, on WhatsApp or by SMS.

A file goes along as an address of ours, which Twilio fetches. Outside WhatsApp's window only an approved
template goes out, by its ContentSid.
"""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace

from twilio.base.exceptions import TwilioException  # type: ignore[import-untyped]

from bot.channels.base import SendFailed
from bot.channels.content import ContentTemplates, translated, variables
from bot.channels.twilio_client import API_URL, Line, client
from bot.channels.twilio_media import TwilioMedia
from core.model.messages import Address, Attachment, Channel, Enclosure
from core.speech.layout import SMS, WHATSAPP_PLAIN, WHATSAPP_RICH, Layout, Part

PREFIX = {Channel.WHATSAPP: "whatsapp:", Channel.SMS: ""}


class TwilioOutlet:
    def __init__(
        self,
        account_sid: str,
        auth_token: str,
        sender: str,
        channel: Channel,
        api_url: str = API_URL,
        status_callback: str | None = None,
        content: ContentTemplates | None = None,
        address_of: Callable[[Enclosure], str] | None = None,
    ) -> None:
        """`address_of`: where Twilio can fetch a file; without it the words say where else to ask for it."""
        self._line = Line(api_url)
        self._messages = client(account_sid, auth_token, self._line).messages
        self._media = TwilioMedia(account_sid, auth_token, api_url)
        self._prefix = PREFIX[channel]
        self._from = self._prefix + sender
        self._callback = {"status_callback": status_callback} if status_callback else {}
        self._content = content if channel is Channel.WHATSAPP else None
        self._address_of = address_of
        layout = _layout(channel, self._content)
        self.layout = layout if address_of else replace(layout, files=None)

    async def send(self, to: Address, part: Part) -> str:
        """Twilio's MessageSid."""
        fields = {"from_": self._from, **self._callback, **self._words(part)}
        try:
            message = await self._messages.create_async(to=self._prefix + to.peer, **fields)
        except TwilioException as trouble:
            raise translated(trouble) from trouble
        except (ValueError, KeyError, TypeError, AttributeError) as trouble:
            # The library stumbles over an answer that is not Twilio's JSON (a proxy's page, say).
            raise SendFailed("twilio's answer could not be read", "unknown") from trouble
        if not isinstance(message.sid, str):
            raise SendFailed("twilio's answer could not be read", "unknown")
        return message.sid

    def fetch(self, attachment: Attachment, limit: int) -> AsyncIterator[bytes]:
        return self._media.fetch(attachment.ref, limit)

    async def discard(self, attachment: Attachment) -> None:
        """Delete the attachment at Twilio; to be called once it is kept with us. FetchFailed if not done."""
        await self._media.discard(attachment.ref)

    async def close(self) -> None:
        await self._line.close()
        await self._media.close()

    def _words(self, part: Part) -> dict[str, object]:
        if part.template:
            values = variables(part.template.values)
            return {"content_sid": part.template.sid, "content_variables": values}
        if part.files and self._address_of:
            # A document bears no words, so that one without is the rule; an empty body is refused.
            return self._plain_words(part) | {"media_url": [self._address_of(file) for file in part.files]}
        if self._content and (filled := self._content.fill(part)):
            return {**filled}
        return {"body": _plain(part)}

    def _plain_words(self, part: Part) -> dict[str, object]:
        return {"body": _plain(part)} if part.text else {}


def _layout(channel: Channel, content: ContentTemplates | None) -> Layout:
    if channel is Channel.SMS:
        return SMS
    return WHATSAPP_RICH if content else WHATSAPP_PLAIN


def _plain(part: Part) -> str:
    """The words with the labels below, where what could be tapped cannot be shown."""
    return "\n".join([part.text, *(option.label for option in part.buttons or part.rows)])
