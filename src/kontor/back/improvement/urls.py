from django.urls import path

from kontor.back.improvement import views

app_name = "improvement"

urlpatterns = [
    path("", views.problems, name="problems"),
    path("suggestions/", views.suggestions, name="suggestions"),
    path("suggestions/<uuid:group_id>/", views.suggestion, name="suggestion"),
    path("suggestions/<uuid:group_id>/reject/", views.reject, name="reject"),
    path("<str:number>/", views.problem, name="problem"),
    path("<str:number>/owner/", views.owner, name="owner"),
    path("<str:number>/harm/", views.harm, name="harm"),
    path("<str:number>/cause/", views.cause, name="cause"),
    path("<str:number>/action/", views.action, name="action"),
    path("<str:number>/done/", views.done, name="done"),
    path("<str:number>/effect/", views.effect, name="effect"),
    path("<str:number>/answer/", views.answer, name="answer"),
    path("<str:number>/reopen/", views.reopen, name="reopen"),
    path("<str:number>/part/", views.part, name="part"),
]
