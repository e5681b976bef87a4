"""Log in and out, ask for an account or a new password, open the mailed links."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from kontor.bridge.parties import actions, passwords
from kontor.bridge.parties.actions import LoginWish
from kontor.bridge.parties.errors import NotThatPassword, TooManyAttempts, WrongLogin
from kontor.bridge.parties.middleware import visit_of
from kontor.bridge.parties.queries import login_salt, sign_up_salt
from kontor.front.account.forms import EmailForm, LoginForm, NewPasswordForm, PasswordForm, SignUpForm
from kontor.front.account.views.entering import Arrival, come_in
from kontor.kernel.language import reader_language
from kontor.kernel.membrane.session import new_token, token_hash
from kontor.kernel.ui.messages import say

_FORM_METHODS = ["GET", "HEAD", "POST"]
# Whoever confirmed an e-mail or chose a new password in the middle of a checkout goes on there.
_GOES_ON = {
    Arrival.PLAIN: "account:home",
    Arrival.IN_CHECKOUT: "shop:contact",
    Arrival.SOLD_OUT: "shop:basket",
}


def _target(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return reverse("account:home")


@sensitive_post_parameters("password")
@require_http_methods(_FORM_METHODS)
def login(request: HttpRequest) -> HttpResponse:
    """Log in; what lay in the visitor's basket comes along."""
    visit = visit_of(request)
    if visit.is_logged_in and request.method != "POST":
        return redirect("account:home")
    form = LoginForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            arrival = _log_in(request, form.cleaned_data["email"], form.cleaned_data["password"])
            return redirect("shop:basket" if arrival is Arrival.SOLD_OUT else _target(request))
        except (WrongLogin, TooManyAttempts) as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "next": request.POST.get("next") or request.GET.get("next", "")}
    return render(request, "account/login.html", context, status=422 if form.is_bound else 200)


def _log_in(request: HttpRequest, email: str, password: str) -> Arrival:
    visit, token, at = visit_of(request), new_token(), timezone.now()
    proof = passwords.proof_of(password, login_salt(email))
    party_id = actions.log_in(email=email, proof=proof, token_hash=token_hash(token), by=visit.actor, at=at)
    if party_id is None:
        raise WrongLogin
    return come_in(request, session=token, party_id=party_id, at=at)


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """End the session."""
    visit = visit_of(request)
    if visit.party_id is not None:
        actions.log_out(by=visit.actor, at=timezone.now())
        visit.end()
    say(request, _("You are logged out."))
    return redirect("shop:home")


@sensitive_post_parameters("password")
@require_http_methods(_FORM_METHODS)
def sign_up(request: HttpRequest) -> HttpResponse:
    """Ask for an account; the mailed link opens it."""
    form = SignUpForm(request.POST or None)
    if form.is_bound and form.is_valid():
        cleaned, visit, salt = form.cleaned_data, visit_of(request), passwords.new_salt()
        verifier = passwords.verifier_of(cleaned["password"], salt)
        visit.begin()
        wish = LoginWish(
            kind="sign_up",
            email=cleaned["email"],
            name=cleaned["name"],
            language=reader_language(),
            salt=salt,
            verifier=verifier,
        )
        actions.ask_for_login(wish=wish, by=visit.actor, at=timezone.now())
        return render(request, "account/sent.html", {"email": cleaned["email"]})
    return render(request, "account/sign_up.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(_FORM_METHODS)
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a new password. The answer is the same whether the e-mail is known or not."""
    form = EmailForm(request.POST or None)
    if form.is_bound and form.is_valid():
        visit = visit_of(request)
        visit.begin()
        wish = LoginWish(kind="reset", email=form.cleaned_data["email"], language=reader_language())
        actions.ask_for_login(wish=wish, by=visit.actor, at=timezone.now())
        return render(request, "account/sent.html", {"email": form.cleaned_data["email"]})
    return render(request, "account/forgotten.html", {"form": form}, status=422 if form.is_bound else 200)


@sensitive_post_parameters("password")
@require_http_methods(_FORM_METHODS)
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The mailed link of a sign-up. A page with a button: mail scanners that follow links confirm nothing.

    In another browser than the one that asked, the password chosen there is asked for: whoever asked for an account
    in somebody else's name waits in vain for that person to open it.
    """
    salt = sign_up_salt(token_hash(token))
    form = PasswordForm(request.POST if request.method == "POST" else None) if salt else None
    if request.method == "POST" and (form is None or form.is_valid()):
        visit, session, at = visit_of(request), new_token(), timezone.now()
        try:
            party_id = actions.confirm_sign_up(
                link_hash=token_hash(token),
                token_hash=token_hash(session),
                proof=passwords.proof_of(form.cleaned_data["password"], salt) if form and salt else None,
                by=visit.actor,
                at=at,
            )
        except NotThatPassword as refusal:
            if form is None:
                raise
            form.add_error("password", str(refusal))
        else:
            arrival = come_in(request, session=session, party_id=party_id, at=at)
            say(request, _("Your account is open."))
            return redirect(_GOES_ON[arrival])
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "account/confirm.html", {"form": form}, status=status)


@sensitive_post_parameters("password")
@require_http_methods(_FORM_METHODS)
def reset(request: HttpRequest, token: str) -> HttpResponse:
    """The mailed link of a forgotten password: choose a new one."""
    form = NewPasswordForm(request.POST or None)
    if form.is_bound and form.is_valid():
        visit, session, salt = visit_of(request), new_token(), passwords.new_salt()
        at = timezone.now()
        party_id = actions.reset_password(
            link_hash=token_hash(token),
            salt=salt,
            verifier=passwords.verifier_of(form.cleaned_data["password"], salt),
            token_hash=token_hash(session),
            by=visit.actor,
            at=at,
        )
        arrival = come_in(request, session=session, party_id=party_id, at=at)
        say(request, _("Your new password holds from now on. All other devices are logged out."))
        return redirect(_GOES_ON[arrival])
    return render(request, "account/reset.html", {"form": form}, status=422 if form.is_bound else 200)
