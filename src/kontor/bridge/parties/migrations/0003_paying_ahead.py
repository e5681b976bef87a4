from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('parties', '0002_house_places_doors'),
    ]

    operations = [
        migrations.AddField(
            model_name='house',
            name='online_hours',
            field=models.PositiveSmallIntegerField(db_default=24, default=24),
        ),
        migrations.AddField(
            model_name='house',
            name='prepayment_days',
            field=models.PositiveSmallIntegerField(db_default=14, default=14),
        ),
        migrations.AddField(
            model_name='house',
            name='reminder_days',
            field=models.PositiveSmallIntegerField(db_default=7, default=7),
        ),
    ]
