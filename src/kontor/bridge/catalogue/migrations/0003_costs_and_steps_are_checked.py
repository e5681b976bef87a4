from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0002_offerings_by_screens'),
    ]

    operations = [
        ValidateConstraint('offering', 'a_cost_is_not_negative'),
        ValidateConstraint('price', 'a_price_step_is_not_negative'),
    ]
