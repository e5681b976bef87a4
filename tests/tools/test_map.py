"""The map, seen by somebody who has just arrived."""

import pytest

from tools import map as drawing

FILES = {
    "bridge/orders/__init__.py": "",
    "bridge/orders/README.md": "# Orders\n\nAgreed exchanges: what,\nto whom. And more.\n",
    "bridge/orders/actions.py": "@transaction\ndef cancel(): ...\n@in_transaction\ndef part(): ...\ndef plain(): ...\n",
    "bridge/orders/events.py": "class OrderPlaced(Event): ...\nclass Other: ...\n",
    "bridge/orders/models.py": (
        "class Order(models.Model): ...\n"
        "class Line(models.Model):\n    class Meta:\n        db_table = 'orders_position'\n"
        "class Base(models.Model):\n    class Meta:\n        abstract = True\n"
    ),
    "front/shop/__init__.py": '"""The shop sells. It also shows."""',
    "front/shop/actions/__init__.py": "",
    "front/shop/actions/order.py": "@transaction\ndef order_basket(): ...\n@transaction\ndef _hidden(): ...\n",
    "front/shop/handlers.py": "@on(events.OrderPlaced, OrderPaid)\ndef hear(heard): ...\n",
    "front/shop/urls.py": 'urlpatterns = [path("", home), path(_("basket/"), basket), re_path(r"^x$", x)]\n',
}


@pytest.fixture
def source(tmp_path):
    for name, text in FILES.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return tmp_path


def test_rooms_are_read_floor_by_floor(source):
    shop, orders = drawing.rooms(source)
    assert (shop.name, shop.floor, shop.sentence) == ("shop", "front", "The shop sells.")
    assert shop.actions == ["order_basket"]
    assert shop.hears == ["OrderPaid", "OrderPlaced"]
    assert shop.pages == ["/", "/basket/", "/^x$"]
    assert orders.sentence == "Agreed exchanges: what, to whom."
    assert (orders.actions, orders.parts) == (["cancel"], ["part"])
    assert orders.events == ["OrderPlaced"]
    assert orders.tables == ["orders_order", "orders_position"]


def test_a_stale_map_fails_and_a_fresh_one_does_not(source, tmp_path, monkeypatch):
    monkeypatch.setattr(drawing, "MAP", tmp_path / "docs" / "map.md")
    monkeypatch.setattr(drawing.drawn, "__defaults__", (source,))
    assert drawing.main(["--check"]) == 1
    assert drawing.main([]) == 0
    assert drawing.main(["--check"]) == 0
    (source / "front/shop/events.py").write_text("class BasketFilled(Event): ...\n", "utf-8")
    assert drawing.main(["--check"]) == 1
    assert "`BasketFilled`" in drawing.drawn(source)
