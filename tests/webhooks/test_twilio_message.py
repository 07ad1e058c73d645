"""Whatever Twilio may post is either read or named unreadable: nothing else leaves the reader."""

from datetime import UTC, datetime

from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.model.messages import Channel, Incoming, Receipt
from webhooks.intake import Unreadable
from webhooks.twilio_message import our_side, read_message, read_receipt

NOW = datetime(2026, 11, 25, tzinfo=UTC)
GOOD = {
    "MessageSid": "SM" + "0" * 32,
    "From": "whatsapp:+628000000012",
    "To": "whatsapp:+628000000900",
    "MessageStatus": "sent",
}
FIELDS = [*GOOD, "Body", "NumMedia", "MediaUrl0", "MediaContentType0", "Latitude", "Longitude", "ErrorCode"]
forms = st.dictionaries(st.sampled_from(FIELDS), st.one_of(st.text(), st.floats().map(str))).map(
    lambda drawn: GOOD | drawn
)


@settings(deadline=None)
@given(forms)
@example(GOOD | {"Latitude": "1e999", "Longitude": "-inf"})
@example(GOOD | {"NumMedia": "03"})
def test_any_form_is_read_or_unreadable(form: dict[str, str]) -> None:
    try:
        read = read_message(form, NOW)
    except Unreadable:
        assert our_side(form)[0] in {Channel.WHATSAPP, Channel.SMS}
        return
    assert isinstance(read, Incoming)
    assert "\0" not in read.text
    assert len(read.attachments) == int(form.get("NumMedia") or "0")
    hash(read)


@settings(deadline=None)
@given(forms)
def test_any_status_is_read_or_unreadable(form: dict[str, str]) -> None:
    try:
        read = read_receipt(form, NOW)
    except Unreadable:
        return
    assert read is None or isinstance(read, Receipt)
