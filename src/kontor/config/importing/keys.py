"""Ids that the file itself determines, so that a second run meets what the first one wrote.

They have the layout of UUID version 7 with the instant of the business document in front, hence sort like ids drawn
then; the tail is a hash of the document's name instead of random bits.
"""

from datetime import datetime
from hashlib import blake2b
from uuid import UUID

_VERSION = 0x7 << 76
_VARIANT = 0b10 << 62
_LOW_62 = (1 << 62) - 1


def identity(at: datetime, *names: object) -> UUID:
    """The id of what ``names`` names and what happened at ``at``. The same arguments give the same id."""
    noise = int.from_bytes(blake2b("\x1f".join(map(str, names)).encode(), digest_size=16).digest(), "big")
    milliseconds = int(at.timestamp() * 1000)
    return UUID(
        int=(milliseconds << 80) | _VERSION | ((noise >> 64) & 0xFFF) << 64 | _VARIANT | (noise & _LOW_62)
    )
