from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('promises', '0002_making'),
    ]

    operations = [
        migrations.AddField(
            model_name='bucket',
            name='begun_at',
            field=models.DateTimeField(null=True),
        ),
    ]
