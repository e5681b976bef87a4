"""What customers type to log in and to say who they are."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kontor.bridge.parties.passwords import LEAST_CHARACTERS, MOST_CHARACTERS


class EmailForm(forms.Form):
    """Just an e-mail address."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        error_messages={"invalid": _("Write a complete e-mail address, such as name@example.org.")},
    )


class LoginForm(EmailForm):
    """E-mail and password."""

    password = forms.CharField(
        label=_("Password"), max_length=MOST_CHARACTERS, strip=False, widget=forms.PasswordInput
    )


class PasswordForm(forms.Form):
    """The password once more, where one must be sure who it is."""

    password = forms.CharField(
        label=_("Password"),
        max_length=MOST_CHARACTERS,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class NewPasswordForm(forms.Form):
    """A new password, typed once (browsers and password managers show it on request)."""

    password = forms.CharField(
        label=_("New password"),
        min_length=LEAST_CHARACTERS,
        max_length=MOST_CHARACTERS,
        strip=False,
        help_text=_("At least ten characters. A few words that only you put together are good."),
        error_messages={"min_length": _("Choose a password of at least ten characters.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class SignUpForm(NewPasswordForm, EmailForm):
    """What an account needs."""

    name = forms.CharField(label=_("First and last name"), max_length=120)
    field_order = ("name", "email", "password")
