from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "kontor.bridge.catalogue"
    label = "catalogue"
