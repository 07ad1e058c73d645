"""Who calls: a bearer token of the staff, good for some scopes; its role and area say what they may see."""

import time
from typing import Annotated

from fastapi import Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer, SecurityScopes

from desk.api.callers import caller
from desk.api.house import TheHouse
from desk.refused import Refused
from storage.tokens import Held

_bearer = HTTPBearer(
    auto_error=False,
    scheme_name="token",
    description="A token made by `lapordesk staff token`; its scopes say what it is good for.",
)
Credentials = Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)]


async def holder(request: Request, scopes: SecurityScopes, house: TheHouse, shown: Credentials) -> Held:
    """Whose token it is; Refused with 401, 429, or 403 when it is not good for this route."""
    who, now = caller(request), time.monotonic()
    if wait := house.wrong_tokens.wait(who, now):
        raise Refused(429, "often", wait=wait)
    held = await _find(house, shown.credentials) if shown else None
    if held is None:
        if shown:
            house.wrong_tokens.note(who, now)
        raise Refused(401, "unauthorised")
    if not held.token.scopes.issuperset(scopes.scopes):
        raise Refused(403, "forbidden")
    return held


async def _find(house: TheHouse, token: str) -> Held | None:
    if len(token) > 200:
        return None
    return await house.read(lambda book: book.tokens.find(token, house.clock()))


Reader = Annotated[Held, Security(holder, scopes=["cases:read"])]
Writer = Annotated[Held, Security(holder, scopes=["cases:write"])]
Printer = Annotated[Held, Security(holder, scopes=["papers"])]
ReportReader = Annotated[Held, Security(holder, scopes=["reports:read"])]
Opener = Annotated[Held, Security(holder, scopes=["identity"])]
Auditor = Annotated[Held, Security(holder, scopes=["audit"])]
Speaker = Annotated[Held, Security(holder, scopes=["broadcast"])]
Watcher = Annotated[Held, Security(holder, scopes=["digests"])]
