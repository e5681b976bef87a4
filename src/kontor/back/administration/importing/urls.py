from django.urls import path

from kontor.back.administration.importing import views

urlpatterns = [
    path("", views.imports, name="imports"),
    path("<uuid:import_id>/", views.file, name="import"),
    path("<uuid:import_id>/columns/", views.columns, name="import_columns"),
    path("<uuid:import_id>/<slug:deed>/", views.deed, name="import_deed"),
    path("<uuid:import_id>/rows/wrong.csv", views.wrong_csv, name="import_wrong_csv"),
    path("<uuid:import_id>/rows/wrong.xlsx", views.wrong_xlsx, name="import_wrong_xlsx"),
]
