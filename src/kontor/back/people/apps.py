from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "kontor.back.people"
    label = "people"
