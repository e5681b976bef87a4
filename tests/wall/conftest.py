"""Tests of the wall have a database of their own: real logins, real commits."""

from tests.clone import clone

__all__ = ["clone"]
