"""The reader's view of a refusal: it stands above the form, at its field, or on the next page."""

import pytest
from django.contrib.messages import get_messages
from django.forms import CharField, ChoiceField, Form, MultipleChoiceField, TypedChoiceField
from django.test import RequestFactory
from django.utils.translation import override

from kontor.kernel.errors import NotFound, Refusal
from kontor.kernel.ui.messages import MessagesMiddleware, shown
from kontor.kernel.ui.refusals import refusal_said, refused_on_form


class Shipped(Refusal):
    message = "Order %(number)s has already been shipped. Create a return instead."


WORDS = "Order A-1001 has already been shipped. Create a return instead."


class NumberForm(Form):
    number = CharField()


def sent():
    form = NumberForm({"number": "A-1001"})
    assert form.is_valid()
    return form


def asked():
    request = RequestFactory().post("/")
    MessagesMiddleware(lambda _request: None).process_request(request)
    return request


def test_a_refusal_ends_the_block_and_stands_above_the_form():
    form, done = sent(), []
    with refused_on_form(form):
        done.append("begun")
        raise Shipped(number="A-1001")
    assert form.non_field_errors() == [WORDS] and done == ["begun"]


def test_a_refusal_stands_at_the_field_it_is_about():
    form = sent()
    with refused_on_form(form, "number"):
        raise Shipped(number="A-1001")
    assert form.errors == {"number": [WORDS]}


def test_a_refusal_is_said_on_the_next_page():
    request = asked()
    with refusal_said(request):
        raise Shipped(number="A-1001")
    assert [(toast.text, toast.tone) for toast in shown(get_messages(request))] == [(WORDS, "bad")]


def test_nothing_is_said_where_nothing_is_refused():
    form, request = sent(), asked()
    with refused_on_form(form), refusal_said(request):
        pass
    assert not form.errors and shown(get_messages(request)) == []


def test_a_refusal_with_a_page_of_its_own_goes_through():
    form, request = sent(), asked()
    with pytest.raises(NotFound), refused_on_form(form, unless=(403, 404)):
        raise NotFound(number="A-1001")
    with pytest.raises(NotFound), refusal_said(request, unless=(404,)):
        raise NotFound(number="A-1001")
    assert not form.errors and shown(get_messages(request)) == []


def test_a_bug_goes_through():
    form = sent()
    with pytest.raises(KeyError), refused_on_form(form):
        raise KeyError("number")
    assert not form.errors


@pytest.mark.parametrize(
    ("kind", "sent"),
    [(ChoiceField, "0192f0c0"), (TypedChoiceField, "0192f0c0"), (MultipleChoiceField, ["0192f0c0"])],
)
def test_a_choice_that_is_gone_is_refused_without_what_was_sent(kind, sent):
    form = type("One", (Form,), {"shelf": kind(choices=[("a", "A")])})({"shelf": sent})
    with override("de"):
        [said] = form.errors["shelf"]
        assert said == (
            "Diese Auswahl steht nicht mehr offen. Laden Sie die Seite neu und wählen Sie aus der Liste."
        )
