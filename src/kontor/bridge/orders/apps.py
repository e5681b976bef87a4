from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "kontor.bridge.orders"
    label = "orders"
