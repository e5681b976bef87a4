from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Digest',
            fields=[
                ('on', models.DateField(primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('signals', models.PositiveIntegerField()),
            ],
        ),
    ]
