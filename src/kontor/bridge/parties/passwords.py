"""Customers' passwords. The database keeps sha256 of an argon2id proof, so that neither a dump nor a listener on the
public role's connection ever holds a password, and the comparison happens where public cannot read.

Parameters: OWASP's recommendation for argon2id (19 MiB, two passes, one lane).
"""

import os
from hashlib import sha256

from argon2.low_level import Type, hash_secret_raw

SALT_BYTES = 16
LEAST_CHARACTERS = 10
MOST_CHARACTERS = 200


def new_salt() -> bytes:
    """Return a fresh salt."""
    return os.urandom(SALT_BYTES)


def proof_of(password: str, salt: bytes) -> bytes:
    """Return what proves that one knows the password; takes some 30 ms on purpose."""
    return hash_secret_raw(
        password.encode(), salt, time_cost=2, memory_cost=19_456, parallelism=1, hash_len=32, type=Type.ID
    )


def verifier_of(password: str, salt: bytes) -> bytes:
    """Return what the database keeps of a password."""
    return sha256(proof_of(password, salt)).digest()
