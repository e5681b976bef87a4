"""The contact page and its form, as visitors see them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kontor.bridge.cases.models import Attachment, Case, Interaction
from kontor.bridge.parties.models import Door
from kontor.kernel.house import forget_standing
from kontor.kernel.ids import uuid7

SAID = {
    "kind": "complaint",
    "order": "",
    "name": "Kim Müller",
    "email": "kim@example.org",
    "message": "Die Klingel fehlt.",
}


@pytest.fixture
def shut(db):
    """``shut("news")``: the house switches a door off."""

    def switch(code):
        Door.objects.update_or_create(code=code, defaults={"is_open": False})
        forget_standing()

    yield switch
    forget_standing()


def write(who, **changes):
    return who.post("/site/contact/write/", **{"key": str(uuid7()), **SAID, **changes})


def test_a_message_becomes_a_case(shop, visitor):
    write(visitor)
    case = Case.objects.get()
    assert (case.kind, case.channel, case.email, case.name) == (
        "complaint",
        "form",
        SAID["email"],
        SAID["name"],
    )
    assert Interaction.objects.get().text == SAID["message"]
    assert case.number in visitor.text and SAID["email"] in visitor.text


def test_sent_twice_it_is_one_case(shop, visitor):
    key = str(uuid7())
    write(visitor, key=key)
    write(visitor, key=key)
    assert Case.objects.count() == 1


def test_the_key_of_somebody_elses_form_opens_nothing_and_tells_nothing(shop, visitor, another_visitor):
    key = str(uuid7())
    write(visitor, key=key)
    other = another_visitor()
    write(other, key=key, message="Ein fremder Schlüssel")
    assert other.status == 422 and Case.objects.get().number not in other.text and Case.objects.count() == 1


def test_files_come_along_as_what_their_bytes_are(shop, visitor):
    photo = SimpleUploadedFile("bell.pdf", b"\x89PNG\r\n\x1a\n rest", content_type="application/pdf")
    write(visitor, files=photo)
    kept = Attachment.objects.get()
    assert (kept.media_type, kept.name) == ("image/png", "bell.pdf")


def test_a_stranger_sends_three_files_and_is_told_so(shop, visitor):
    visitor.get("/site/contact/")
    assert "Up to three, 10 MB each, 25 MB together." in visitor.text
    write(visitor, files=[SimpleUploadedFile(f"{place}.txt", b"a") for place in range(4)])
    assert visitor.status == 422 and "More than 3 files" in visitor.text and not Case.objects.exists()
    write(visitor, files=[SimpleUploadedFile(f"{place}.txt", b"a") for place in range(3)])
    assert Attachment.objects.count() == 3


def test_an_empty_file_is_refused_and_the_message_stays(shop, visitor):
    write(visitor, files=SimpleUploadedFile("empty.txt", b""))
    assert visitor.status == 422 and SAID["message"] in visitor.html and not Case.objects.exists()


def test_what_is_missing_is_said_and_what_was_written_stays(shop, visitor):
    write(visitor, message="", email="kim")
    assert visitor.status == 422 and not Case.objects.exists()
    assert "Write what it is about." in visitor.text and "name@example.org" in visitor.text
    assert 'value="Kim Müller"' in visitor.html


def test_the_own_order_is_known_another_ones_is_only_named(shop, visitor, another_visitor):
    number = visitor.buy(shop.bike())
    write(visitor, order=number)
    write(another_visitor(), order=number)
    mine, theirs = Case.objects.order_by("opened_at", "id")
    assert mine.order is not None and theirs.order is None and theirs.stated_order == number


def test_odd_characters_are_refused_politely(shop, visitor):
    write(visitor, message="a\0b")
    assert visitor.status == 422 and not Case.objects.exists()


def test_a_shut_form_is_gone_and_the_address_stays(shop, visitor, shut):
    shut("contact")
    visitor.get("/site/contact/")
    assert "Speicherhof 1" in visitor.text and "<form" not in visitor.html.split("<main")[1]
    write(visitor)
    assert visitor.status == 404 and not Case.objects.exists()


def test_shut_news_are_gone_from_pages_foot_and_sitemap(shop, visitor, shut):
    shut("news")
    assert "News" not in visitor.get("/site/imprint/")
    for path in ("/news/", "/news/feed.de.xml"):
        assert visitor.client.get(path).status_code == 404
    assert "/news/" not in visitor.client.get("/sitemap.xml").content.decode()
    visitor.get("/withdraw/")
    assert visitor.status == 200
