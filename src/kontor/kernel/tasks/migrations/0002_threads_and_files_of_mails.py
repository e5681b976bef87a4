import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tasks', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='mail',
            name='in_reply_to',
            field=models.CharField(blank=True, db_default='', max_length=250),
        ),
        migrations.AddField(
            model_name='mail',
            name='is_personal',
            field=models.BooleanField(db_default=False),
        ),
        migrations.AddField(
            model_name='mail',
            name='references',
            field=models.TextField(blank=True, db_default=''),
        ),
        migrations.AddField(
            model_name='mail',
            name='reply_to',
            field=models.CharField(blank=True, db_default='', max_length=254),
        ),
        migrations.CreateModel(
            name='MailFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('media_type', models.CharField(max_length=80)),
                ('content', models.BinaryField()),
                ('mail', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='tasks.mail')),
            ],
        ),
    ]
