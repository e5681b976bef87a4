from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "kontor.bridge.payments"
    label = "payments"
