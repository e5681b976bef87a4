"""The page builder's view: components say what they are given, escape it, and refuse what they do not know."""

import gzip
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.contrib.messages import get_messages
from django.template import Context, Template, TemplateSyntaxError
from django.test import Client, RequestFactory
from django.utils.translation import gettext_lazy, override

from kontor.kernel.ui import charts, messages
from kontor.kernel.ui.brand import House
from kontor.kernel.ui.context import page
from kontor.kernel.ui.samples import SampleForm
from kontor.kernel.ui.shapes import Point

pytestmark = pytest.mark.urls("kontor.kernel.ui.tests.pages")
ROOM = Path(__file__).parent.parent


def drawn(text: str, **context: object) -> str:
    request = RequestFactory().get("/?q=a&sort=-on")
    with override("en"):
        return Template("{% load ui %}" + text).render(Context({"request": request} | context))


def test_a_misspelt_option_is_an_error():
    with pytest.raises(TemplateSyntaxError, match="button takes no option “varient”"):
        drawn('{% button "Save" varient="primary" %}')


def test_htmx_and_data_attributes_are_passed_on_and_escaped():
    html = drawn('{% button "Save" hx_post=url data_key="n" %}', url="/a?b=1&c")
    assert 'hx-post="/a?b=1&amp;c"' in html and 'data-key="n"' in html


def test_words_of_people_are_text_never_markup():
    naughty = "<script>alert(1)</script>"
    for tag in (
        "{% button word %}",
        "{% pill word %}",
        "{% kpi word word %}",
        "{% card title=word %}{{ word }}{% endcard %}",
        "{% empty word word %}",
        "{% notice %}{{ word }}{% endnotice %}",
        "{% why words %}",
    ):
        html = drawn(tag, word=naughty, words=[naughty])
        assert "<script>" not in html and "&lt;script&gt;" in html


def test_a_field_tells_screen_readers_what_is_wrong():
    form = SampleForm({"email": "anna"})
    html = drawn("{% field form.email %}{% field form.name %}", form=form)
    assert 'aria-describedby="id_email_error"' in html and 'aria-invalid="true"' in html
    assert 'aria-describedby="id_name_help id_name_error"' in html
    assert html.count("<label") == 2


def test_a_date_reaches_the_browsers_calendar_in_iso_whatever_the_language():
    form = SampleForm(initial={"delivery_on": date(2026, 11, 26), "price": Decimal("1249.5")})
    with override("de"):
        html = Template("{% load ui %}{% field form.delivery_on %}{% field form.price %}").render(
            Context({"form": form})
        )
    assert 'type="date"' in html and 'value="2026-11-26"' in html
    assert 'value="1249,5"' in html and 'inputmode="decimal"' in html


def test_optional_fields_say_so_and_required_ones_keep_quiet():
    html = drawn("{% field form.town %}|{% field form.name %}", form=SampleForm())
    optional, required = html.split("|")
    assert "(optional)" in optional and "(optional)" not in required


def test_the_error_summary_links_to_each_field_and_is_silent_without_errors():
    assert drawn("{% error_summary form %}", form=SampleForm()).strip() == ""
    html = drawn("{% error_summary form %}", form=SampleForm({}))
    assert 'href="#id_email"' in html and 'href="#id_payment_0"' in html and "E-mail: " in html


def test_a_column_head_turns_its_order_round_and_starts_paging_anew():
    html = drawn('{% sort_head "on" "Date" %}{% sort_head "number" "Number" %}')
    assert 'aria-sort="descending"' in html and 'href="?q=a&amp;sort=on"' in html
    assert 'href="?q=a&amp;sort=number"' in html


def test_charts_carry_their_figures_as_a_table():
    points = [Point("May", 3), Point("June", Decimal("4.5"))]
    html = drawn('{% sparkline points "Orders" %}{% bars points "Orders" %}', points=points)
    assert html.count('<th scope="row">May</th>') == 2
    assert charts.line_through(points[:1]) is None and charts.bars_of([]) == []
    flat = charts.line_through([Point("a", 2), Point("b", 2)])
    assert flat is not None and flat.stroke == "M0.0 20.0L240.0 20.0"


def test_a_message_waits_for_the_next_page_with_its_undo():
    request = RequestFactory().get("/")
    messages.MessagesMiddleware(lambda _request: None).process_request(request)
    messages.say(request, "Order A-1001 is cancelled.", undo_url="/orders/A-1001/undo/")
    toast = messages.shown(get_messages(request))[0]
    assert (toast.text, toast.tone, toast.undo_url) == (
        "Order A-1001 is cancelled.",
        "ok",
        "/orders/A-1001/undo/",
    )


def test_preferences_are_kept_and_lead_back_to_the_page():
    client = Client()
    answer = client.post("/preferences/", {"language": "en", "theme": "dark", "next": "/frame/public/?q=1"})
    assert answer["Location"] == "/frame/public/?q=1"
    assert client.cookies["kontor_theme"].value == "dark" and client.cookies["kontor_language"].value == "en"
    html = client.get("/frame/public/").content.decode()
    assert 'lang="en"' in html and 'data-theme="dark"' in html


def test_preferences_accept_neither_unknown_values_nor_foreign_addresses():
    answer = Client().post(
        "/preferences/", {"theme": "<b>", "density": "huge", "next": "https://example.com/"}
    )
    assert answer["Location"] == "/" and not answer.cookies


def test_preferences_without_their_token_are_refused():
    assert Client(enforce_csrf_checks=True).post("/preferences/", {"theme": "dark"}).status_code == 403


def test_an_unknown_theme_cookie_counts_as_not_set():
    request = RequestFactory().get("/")
    request.COOKIES["kontor_theme"] = '"><script>'
    assert page(request)["theme"] == "auto"


def test_a_house_with_its_own_hues_gets_one_small_stylesheet():
    assert not House().has_own_theme
    house = House(name="Speicher", hue=20, hue_accent=140, radius=4)
    assert house.has_own_theme and "--hue:20;--hue-accent:140;--radius:4px" in house.theme_css
    assert house.theme_version != House(hue=21).theme_version
    with pytest.raises(ValueError, match="0 to 359"):
        House(hue=360)


def test_no_template_and_no_page_carries_inline_style_or_script():
    for path in ["/components/", "/frame/public/", "/frame/desk/", "/frame/back/"]:
        html = Client().get(path).content.decode()
        assert " style=" not in html and " onclick=" not in html and "<style" not in html
        assert html.count("<script") == 2 and "<script>" not in html


@pytest.mark.parametrize(
    ("folder", "limit"),
    [("kontor.css", 25_000), ("kontor.js", 10_000), ("fonts", 100_000), ("icons.svg", 8_000)],
)
def test_what_the_look_weighs(folder, limit):
    """Fonts are counted as they are, all others as they travel: gzipped."""
    place = ROOM / "static/ui" / folder
    if place.is_dir():
        assert sum(font.stat().st_size for font in place.glob("*.woff2")) <= limit
    else:
        assert len(gzip.compress(place.read_bytes(), 9)) <= limit


def test_what_is_remembered_follows_language_and_named_values():
    """Two readers of different languages, then a basket that fills."""
    template = Template(
        "{% load ui i18n %}{% remember count links %}{% translate 'Basket' %} {{ count }}{% endremember %}"
    )
    shown = []
    for language, count, links in [("de", 1, []), ("en", 1, []), ("en", 2, [{"url": "#"}]), ("de", 1, [])]:
        with override(language):
            shown.append(template.render(Context({"count": count, "links": links})))
    assert shown == ["Warenkorb 1", "Basket 1", "Basket 2", "Warenkorb 1"]


def test_what_is_remembered_is_drawn_anew_when_a_part_of_a_value_changes():
    """A figure inside a shape inside a list, and a word that reads differently in each language."""
    template = Template(
        "{% load ui %}{% remember points %}{{ points.0.0.label }} {{ points.0.0.value }}{% endremember %}"
    )
    shown = []
    for language, value in [("de", 1), ("de", 2), ("en", 2), ("de", 1)]:
        with override(language):
            point = Point(label=gettext_lazy("Basket"), value=value)
            shown.append(template.render(Context({"points": [[point]]})))
    assert shown == ["Warenkorb 1", "Warenkorb 2", "Basket 2", "Warenkorb 1"]
