from django.apps import AppConfig


class PurchasingConfig(AppConfig):
    name = "kontor.back.purchasing"
    label = "purchasing"
