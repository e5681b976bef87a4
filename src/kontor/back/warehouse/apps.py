from django.apps import AppConfig


class WarehouseConfig(AppConfig):
    name = "kontor.back.warehouse"
    label = "warehouse"
