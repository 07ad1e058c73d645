"""How somebody on WhatsApp may be written to now: freely, by a template, or not until they write."""

from datetime import datetime

from bot.outcomes import Withheld
from core.model.messages import Channel
from core.speech.templates import Filled, Templates
from storage.outbox import Errand
from storage.store import Store
from storage.window import is_open

REFUSED = frozenset({"window", "template refused"})
"""Why a template did not go out that should have: its words wait, as without one."""


def is_closed(errand: Errand, now: datetime) -> bool:
    """As far as was known when it was claimed."""
    return errand.address.channel is Channel.WHATSAPP and not is_open(errand.last_in_at, now)


async def way_to(
    store: Store, errand: Errand, templates: Templates, now: datetime
) -> Filled | Withheld | None:
    """For somebody whose window seems closed: the template to send; None: any words, they wrote just now.
    What is withheld is written down already."""
    template = errand.reply.template
    approved = templates.find(template.purpose, errand.language) if template else None
    most = templates.most(errand.address.account) if approved else 0
    announces = template is not None and template.announces
    standing = await store.perform(
        lambda book: book.window.approach(errand.id, errand.address_id, now, most, announces=announces)
    )
    if standing == "withheld":
        return Withheld(errand)
    if standing == "open" or approved is None or template is None:
        return None
    return approved.fill(template.variables)
