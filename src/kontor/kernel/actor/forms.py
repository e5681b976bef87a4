from django import forms
from django.utils.translation import gettext_lazy as _


class LoginForm(forms.Form):
    """What the login asks for."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    password = forms.CharField(label=_("Password"), max_length=200, widget=forms.PasswordInput, strip=False)
