from django.urls import path

from kontor.front.care.mail_in import views

urlpatterns = [
    path("inbox/kept/", views.kept_mails, name="kept_mails"),
    path("inbox/kept/<uuid:mail_id>/", views.kept_mail, name="kept_mail"),
    path("inbox/kept/<uuid:mail_id>/original/", views.original, name="original_mail"),
    path("inbox/kept/<uuid:mail_id>/take/", views.take, name="take_mail"),
    path("inbox/kept/<uuid:mail_id>/dismiss/", views.dismiss, name="dismiss_mail"),
]
