from django.apps import AppConfig


class ActorConfig(AppConfig):
    name = "kontor.kernel.actor"
    label = "actor"
