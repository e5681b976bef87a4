from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('numbers', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='numberrange',
            name='first_value',
            field=models.BigIntegerField(db_default=1, default=1),
        ),
    ]
