from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tasks', '0002_threads_and_files_of_mails'),
    ]

    operations = [
        migrations.AddField(
            model_name='mail',
            name='attempts',
            field=models.PositiveSmallIntegerField(db_default=0),
        ),
        migrations.AddField(
            model_name='mail',
            name='given_up_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='mail',
            name='last_error',
            field=models.TextField(blank=True, db_default=''),
        ),
        migrations.AddField(
            model_name='mail',
            name='next_try_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='mail',
            name='refusals',
            field=models.PositiveSmallIntegerField(db_default=0),
        ),
    ]
