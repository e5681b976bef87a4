from django.urls import path, re_path

from kontor.front.site.views import matters, public

app_name = "site"

_TOKEN = "(?P<token>[A-Za-z0-9_-]{43})"  # noqa: S105 - the shape of a token, not one

urlpatterns = [
    path("site/contact/", matters.contact, name="contact"),
    path("site/contact/write/", matters.write, name="write"),
    path("site/<slug:name>/", public.page, name="page"),
    path("site/<slug:name>/<int:number>/", public.edition, name="edition"),
    path("news/", public.news, name="news"),
    path("news/feed.<slug:language>.xml", public.feed, name="feed"),
    path("news/<slug:slug>/", public.article, name="article"),
    path("withdraw/", matters.withdraw, name="withdraw"),
    path("withdraw/receipt.txt", matters.receipt, name="receipt"),
    re_path(rf"^o/{_TOKEN}/(?P<number>[^/]+)/withdraw/$", matters.withdraw, name="mailed_withdraw"),
    path("ready", public.ready, name="ready"),
    path("robots.txt", public.robots, name="robots"),
    path("sitemap.xml", public.sitemap, name="sitemap"),
]
