"""Pictures, recordings, films and documents as answers."""

import pytest

from core.forms.form import Kind
from core.model.messages import Attachment
from tests.core.forms.answers.asking import ask, echo, incoming, refusal, value

PHOTO = Attachment("image", "ref", media="m1")
PHOTO_AS_DOCUMENT = Attachment("file", "ref", content_type="image/jpeg", media="m2")
PDF = Attachment("file", "ref", content_type="application/pdf", media="m3")
VOICE = Attachment("audio", "ref", media="m4")
FILM = Attachment("video", "ref", media="m5")


@pytest.mark.parametrize(
    ("kind", "sent", "ids"),
    [
        (Kind.IMAGE, (PHOTO,), "m1"),
        (Kind.IMAGE, (PHOTO, PHOTO_AS_DOCUMENT), "m1 m2"),
        (Kind.AUDIO, (VOICE,), "m4"),
        (Kind.VIDEO, (FILM,), "m5"),
        (Kind.FILE, (PHOTO, PDF, VOICE), "m1 m3 m4"),
    ],
)
def test_the_right_kind_is_kept_by_its_ids(kind: Kind, sent: tuple[Attachment, ...], ids: str) -> None:
    answer = ask(kind, incoming("keterangan foto", attachments=sent))
    assert (value(answer), echo(answer)) == (ids, "")


def test_what_was_left_out_of_a_mixed_album_is_said() -> None:
    answer = ask(Kind.IMAGE, incoming(attachments=(PHOTO, PDF)))
    assert (value(answer), echo(answer)) == ("m1", "1 foto")


@pytest.mark.parametrize(
    ("kind", "sent", "key"),
    [
        (Kind.IMAGE, (PDF,), "answers.image.wrong"),
        (Kind.AUDIO, (PHOTO,), "answers.audio.wrong"),
        (Kind.VIDEO, (VOICE,), "answers.video.wrong"),
        (Kind.IMAGE, (), "answers.image.missing"),
        (Kind.FILE, (), "answers.file.missing"),
        (Kind.IMAGE, (Attachment("image", "ref"),), "answers.image.wrong"),
        (Kind.TEXT, (VOICE,), "answers.text.only_media"),
        (Kind.INTEGER, (PHOTO,), "answers.words_wanted"),
    ],
)
def test_what_is_wanted_is_named(kind: Kind, sent: tuple[Attachment, ...], key: str) -> None:
    assert refusal(ask(kind, incoming(attachments=sent))).key == key
