"""Answers that are pictures, recordings, films or documents: kept by our own ids, an album as one answer."""

from core.forms.answers.outcome import Answer, Reading, Refused, Understood
from core.forms.form import Kind, Question
from core.model.messages import Attachment, Incoming
from core.speech.texts import texts


def read_media(question: Question, incoming: Incoming, context: Reading) -> Answer:
    fitting = [file for file in incoming.attachments if file.media and _fits(file, question.kind)]
    kind = question.kind.value
    if not fitting:
        return Refused(f"answers.{kind}.wrong" if incoming.attachments else f"answers.{kind}.missing")
    shown = texts(context.language).say(f"answers.{kind}.shown", count=len(fitting))
    left_out = len(fitting) < len(incoming.attachments)
    return Understood(" ".join(dict.fromkeys(file.media for file in fitting)), left_out, shown)


def _fits(file: Attachment, wanted: Kind) -> bool:
    """A picture sent as a document is a picture; where a document is asked for, anything will do."""
    if wanted is Kind.FILE or file.kind == wanted.value:
        return True
    return file.kind == "file" and file.content_type.casefold().startswith(f"{wanted.value}/")
