from django.urls import path

from kontor.front.site.views import desk, desk_news

app_name = "website"

urlpatterns = [
    path("", desk.pages, name="list"),
    path("news/", desk_news.news, name="news"),
    path("news/new/", desk_news.new, name="new"),
    path("pictures/<str:name>", desk_news.picture, name="picture"),
    path("<slug:slug>/", desk.edit, name="edit"),
    path("<slug:slug>/preview/", desk.preview, name="preview"),
    path("<slug:slug>/publish/", desk.publish, name="publish"),
    path("<slug:slug>/discard/", desk.discard, name="discard"),
    path("<slug:slug>/<int:number>/", desk.edition, name="edition"),
    path("<slug:slug>/<int:number>/restore/", desk.restore, name="restore"),
    path("<slug:slug>/<int:number>/take-back/", desk.take_back, name="take_back"),
]
