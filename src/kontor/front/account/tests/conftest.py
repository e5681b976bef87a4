"""The shop's visitors, as customers of the account pages."""

from kontor.front.shop.tests.conftest import another_visitor, shop, visitor

__all__ = ["another_visitor", "shop", "visitor"]
