from django.apps import AppConfig


class SalesConfig(AppConfig):
    name = "kontor.front.sales"
    label = "sales"
