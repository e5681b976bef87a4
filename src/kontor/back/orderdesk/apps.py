from django.apps import AppConfig


class OrderdeskConfig(AppConfig):
    name = "kontor.back.orderdesk"
    label = "orderdesk"
