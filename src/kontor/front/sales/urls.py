from django.urls import path

from kontor.front.sales import views

app_name = "sales"

urlpatterns = [path("order/", views.order, name="order")]
