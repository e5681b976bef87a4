"""Identifiers that sort by the time they were made (UUID version 7, RFC 9562 section 5.7).

Layout, highest bit first: 48 bits of Unix milliseconds, version 7, the 12 high bits of a 42-bit counter, variant,
the 30 low bits of the counter, 32 random bits. The counter starts at a random value below 2**41 in each
millisecond and is raised by one within it (RFC 9562 section 6.2, method 1), so ids of one process never step back.
"""

import os
import time
from threading import Lock
from uuid import UUID

_COUNTER_BITS = 42
_COUNTER_LIMIT = 1 << _COUNTER_BITS
_LOW_BITS = 30
_LOW_MASK = (1 << _LOW_BITS) - 1
_VERSION = 0x7 << 76
_VARIANT = 0b10 << 62

_lock = Lock()
_last_millisecond = 0
_counter = 0


def uuid7() -> UUID:
    """Return a new identifier, greater than every one this process has drawn before.

    Safe to call from many threads.
    """
    return UUID(int=_draw(1)[0])


def uuid7s(count: int) -> list[UUID]:
    """Return ``count`` new identifiers in rising order; one lock and one system call for all of them."""
    return [UUID(int=value) for value in _draw(count)]


def _draw(count: int) -> list[int]:
    global _last_millisecond, _counter  # noqa: PLW0603 - the state of the generator is one per process
    noise = os.urandom(4 * count + 6)
    now = time.time_ns() // 1_000_000
    drawn = []
    with _lock:
        if now > _last_millisecond:
            _last_millisecond = now
            _counter = int.from_bytes(noise[-6:], "big") & (_COUNTER_LIMIT // 2 - 1)
        for index in range(count):
            _counter += 1
            if _counter == _COUNTER_LIMIT:
                # The millisecond is used up, or the clock stands still: borrow the next one (section 6.2).
                _last_millisecond += 1
                _counter = 0
            drawn.append(
                (_last_millisecond << 80)
                | _VERSION
                | ((_counter >> _LOW_BITS) << 64)
                | _VARIANT
                | ((_counter & _LOW_MASK) << 32)
                | int.from_bytes(noise[4 * index : 4 * index + 4], "big")
            )
    return drawn


def _forget() -> None:
    """Start anew in a forked child, so that parent and child never continue the same counter."""
    global _lock, _last_millisecond, _counter  # noqa: PLW0603 - see _draw
    _lock = Lock()
    _last_millisecond = 0
    _counter = 0


os.register_at_fork(after_in_child=_forget)
