"""Identifiers that sort by the time they were made (UUID version 7, RFC 9562 section 5.7).

Layout, highest bit first: 48 bits of Unix milliseconds, version 7, the 12 high bits of a 42-bit counter, variant,
the 30 low bits of the counter, 32 random bits. The counter starts at a random value below 2**41 in each
millisecond and is raised by one within it (RFC 9562 section 6.2, method 1), so ids of one process never step back.
"""

import os
import time
from array import array
from threading import Lock
from uuid import UUID, SafeUUID

_COUNTER_LIMIT = 1 << 42
_LOW_BITS = 30
_LOW_MASK = (1 << _LOW_BITS) - 1
_VERSION = 0x7 << 76
_VARIANT = 0b10 << 62
_NOISE_BYTES = 4096

_new = object.__new__
_set = object.__setattr__


class _Generator:
    """The state of one process."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Forget everything: a forked child must not continue its parent's counter and noise."""
        self.lock = Lock()
        self.millisecond = 0
        self.counter = 0
        self.noise: list[int] = []

    def draw(self, count: int) -> list[UUID]:
        """Return ``count`` identifiers in rising order."""
        now = time.time_ns() // 1_000_000
        drawn = []
        with self.lock:
            if now > self.millisecond:
                self.millisecond = now
                self.counter = int.from_bytes(os.urandom(6), "big") & (_COUNTER_LIMIT // 2 - 1)
            for _ in range(count):
                self.counter += 1
                if self.counter == _COUNTER_LIMIT:
                    # The millisecond is used up, or the clock stands still: borrow the next one (section 6.2).
                    self.millisecond += 1
                    self.counter = 0
                if not self.noise:
                    self.noise = array("I", os.urandom(_NOISE_BYTES)).tolist()
                drawn.append(
                    _uuid(
                        (self.millisecond << 80)
                        | _VERSION
                        | ((self.counter >> _LOW_BITS) << 64)
                        | _VARIANT
                        | ((self.counter & _LOW_MASK) << 32)
                        | self.noise.pop()
                    )
                )
        return drawn


_generator = _Generator()


def uuid7() -> UUID:
    """Return a new identifier, greater than every one this process has drawn before.

    Safe to call from many threads.
    """
    return _generator.draw(1)[0]


def uuid7s(count: int) -> list[UUID]:
    """Return ``count`` new identifiers in rising order, behind one lock."""
    return _generator.draw(count)


def _uuid(value: int) -> UUID:
    """Make a UUID of a number known to be one; its constructor's checks would cost as much as all the rest."""
    made = _new(UUID)
    _set(made, "int", value)
    _set(made, "is_safe", SafeUUID.unknown)
    return made


os.register_at_fork(after_in_child=_generator.begin)
