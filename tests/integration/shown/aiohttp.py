"""docs.aiohttp.org/en/stable/client_reference.html."""

import asyncio

from __main__ import serving

PACKAGE, OLDEST = "aiohttp", "3.8.5"


async def _error(address, **more):
    import aiohttp

    async with aiohttp.ClientSession() as session, session.get(address, **more) as answer:
        try:
            answer.raise_for_status()
        except aiohttp.ClientResponseError as error:
            return error


def shows(planted):
    """User and password are a named tuple, and so is a request; the error of a status names the address."""
    import aiohttp

    with serving(401, {}) as address:
        error = asyncio.run(_error(f"{address}/?token={planted}"))
        sent = asyncio.run(_error(address, headers={"Authorization": planted})).request_info
    return {
        "aiohttp.BasicAuth": aiohttp.BasicAuth("ann", planted),
        "raise_for_status raises": error,
        "request_info": sent,
    }
