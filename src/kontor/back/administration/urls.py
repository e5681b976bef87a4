from django.urls import include, path, re_path

from kontor.back.administration import views

app_name = "administration"

urlpatterns = [
    path("", views.home, name="home"),
    path("tasks/", views.tasks, name="tasks"),
    re_path(r"^tasks/(?P<task_id>[0-9a-f-]{36})/(?P<deed>claim|put-back|done)/$", views.task, name="task"),
    path("views/", views.keep_view, name="save_view"),
    path("views/<uuid:view_id>/change/", views.change_view_page, name="change_view"),
    path("views/<uuid:view_id>/remove/", views.drop_view, name="remove_view"),
    path("files/", views.export, name="export"),
    path("files/<uuid:export_id>/", views.export_file, name="export_file"),
    path("files/<uuid:export_id>/remove/", views.drop_export, name="remove_export"),
    path("administration/letters/", views.letters, name="letters"),
    path("administration/letters/again/", views.letters_again, name="letters_again"),
    path("administration/jobs/again/", views.jobs_again, name="jobs_again"),
    path("administration/", views.settings, name="settings"),
    path("", include("kontor.back.administration.setting_up.urls")),
    path("offerings/", include("kontor.back.administration.offerings.urls")),
    path("imports/", include("kontor.back.administration.importing.urls")),
]
