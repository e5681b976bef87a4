from django.apps import AppConfig


class ShopConfig(AppConfig):
    name = "kontor.front.shop"
    label = "shop"
