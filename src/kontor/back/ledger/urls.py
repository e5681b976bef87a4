from django.urls import path

from kontor.back.ledger import views

app_name = "ledger"

urlpatterns = [
    path("", views.journal, name="journal"),
    path("lines/", views.lines, name="lines"),
    path("entries/<int:number>/", views.entry, name="entry"),
    path("of/<str:source>/<str:document>/", views.of_document, name="of_document"),
    path("accounts/", views.accounts, name="accounts"),
    path("accounts/<str:number>/", views.account, name="account"),
    path("open-items/", views.open_items, name="open_items"),
    path("verify/", views.verify, name="verify"),
]
