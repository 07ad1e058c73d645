"""Names looked up on the Internet, for addresses that others gave us: nothing private is found."""

import socket

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import DefaultResolver

from core.model.internet import is_public


class OnlyPrivate(OSError):
    """The name leads to private addresses alone."""


class PublicResolver(AbstractResolver):
    """Names that lead to a private address are not found."""

    def __init__(self, resolver: AbstractResolver | None = None) -> None:
        self._resolver = resolver or DefaultResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self._resolver.resolve(host, port, family)
        public = [place for place in found if is_public(place["host"])]
        if not public:
            raise OnlyPrivate(OnlyPrivate.__doc__)
        return public

    async def close(self) -> None:
        await self._resolver.close()
