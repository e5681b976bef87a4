from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "kontor.kernel.tasks"
    label = "tasks"
