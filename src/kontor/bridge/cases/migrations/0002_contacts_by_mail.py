from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='attachment',
            name='stated_type',
            field=models.CharField(blank=True, db_default='', max_length=80),
        ),
        migrations.AddField(
            model_name='interaction',
            name='heard_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='interaction',
            name='is_automatic',
            field=models.BooleanField(db_default=False),
        ),
        migrations.AddField(
            model_name='interaction',
            name='sent_to',
            field=models.CharField(blank=True, db_default='', max_length=254),
        ),
    ]
