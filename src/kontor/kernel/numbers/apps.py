from django.apps import AppConfig


class NumbersConfig(AppConfig):
    name = "kontor.kernel.numbers"
    label = "numbers"
