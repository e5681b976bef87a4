from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    name = "kontor.back.administration"
    label = "administration"
