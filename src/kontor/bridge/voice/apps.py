from django.apps import AppConfig


class VoiceConfig(AppConfig):
    name = "kontor.bridge.voice"
    label = "voice"
