"""The shop's visitors, reading the small print."""

from kontor.front.shop.tests.conftest import shop, visitor

__all__ = ["shop", "visitor"]
