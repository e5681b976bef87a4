from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('administration', '0002_imports'),
    ]

    operations = [
        migrations.AddField(
            model_name='export',
            name='kind',
            field=models.CharField(choices=[('csv', 'CSV'), ('xlsx', 'Excel')], db_default='csv', max_length=4),
        ),
    ]
