from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "kontor.bridge.documents"
    label = "documents"
