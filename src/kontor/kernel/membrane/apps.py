from django.apps import AppConfig


class MembraneConfig(AppConfig):
    name = "kontor.kernel.membrane"
    label = "membrane"
