from django.urls import path

from kontor.back.administration.importing import views

urlpatterns = [
    path("", views.imports, name="imports"),
    path("<uuid:file_id>/", views.file, name="import"),
    path("<uuid:file_id>/columns/", views.columns, name="import_columns"),
    path("<uuid:file_id>/<slug:deed>/", views.deed, name="import_deed"),
    path("<uuid:file_id>/rows/wrong.csv", views.wrong_csv, name="import_wrong_csv"),
    path("<uuid:file_id>/rows/wrong.xlsx", views.wrong_xlsx, name="import_wrong_xlsx"),
]
