from django.urls import include, path, re_path

from kontor.front.account.views import answers, login, orders

app_name = "account"

_TOKEN = "(?P<token>[A-Za-z0-9_-]{43})"  # noqa: S105 - the shape of a token, not one
_UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"

urlpatterns = [
    # First, so that “matters” behind a mailed link is no order's number.
    path("", include("kontor.front.account.matters.urls")),
    path("account/", orders.home, name="home"),
    path("account/details/", orders.details, name="details"),
    path("account/login/", login.login, name="login"),
    path("account/logout/", login.logout, name="logout"),
    path("account/sign-up/", login.sign_up, name="sign_up"),
    path("account/forgotten/", login.forgotten, name="forgotten"),
    path("account/reset/", login.forgotten, name="reset_asked"),
    re_path(rf"^account/confirm/{_TOKEN}/$", login.confirm, name="confirm"),
    re_path(rf"^account/reset/{_TOKEN}/$", login.reset, name="reset"),
    path("orders/<str:number>/", orders.order, name="order"),
    path("orders/<str:number>/pay/", orders.pay, name="pay"),
    path("orders/<str:number>/papers/<uuid:document_id>/", orders.paper, name="paper"),
    path("answers/<uuid:notice_id>/", answers.answer, name="answer"),
    re_path(rf"^o/{_TOKEN}/answers/(?P<notice_id>{_UUID})/$", answers.answer, name="mailed_answer"),
    re_path(rf"^o/{_TOKEN}/$", orders.mailed, name="mailed"),
    re_path(rf"^o/{_TOKEN}/(?P<number>[^/]+)/$", orders.order, name="mailed_order"),
    re_path(rf"^o/{_TOKEN}/(?P<number>[^/]+)/pay/$", orders.pay, name="mailed_pay"),
    re_path(
        rf"^o/{_TOKEN}/(?P<number>[^/]+)/papers/(?P<document_id>[0-9a-f-]{{36}})/$",
        orders.paper,
        name="mailed_paper",
    ),
]
