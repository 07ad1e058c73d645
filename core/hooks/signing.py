"""The signature of a hook, as Standard Webhooks has it (https://www.standardwebhooks.com/).

webhook-id: evt_1f81eb52519845998
webhook-timestamp: 1674087231
webhook-signature: v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4= v1,…   (two while a secret is changed)
"""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime

PREFIX = "whsec_"
SECRET_BYTES = 32


def secret_of(key: bytes) -> str:
    """A secret as it is shown."""
    return PREFIX + base64.b64encode(key).decode()


def headers(secrets: Sequence[str], event: str, body: str, now: datetime) -> dict[str, str]:
    """What the receiver knows us by: the same event on every try, the time of this one."""
    moment = str(int(now.timestamp()))
    return {
        "webhook-id": event,
        "webhook-timestamp": moment,
        "webhook-signature": " ".join(_signature(secret, event, moment, body) for secret in secrets),
    }


def _signature(secret: str, event: str, moment: str, body: str) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = hmac.new(key, f"{event}.{moment}.{body}".encode(), hashlib.sha256).digest()
    return f"v1,{base64.b64encode(signed).decode()}"
