from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('actor', '0002_password_links'),
    ]

    operations = [
        migrations.CreateModel(
            name='HousePart',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('plane', models.CharField(max_length=8)),
                ('url_name', models.CharField(max_length=80)),
                ('department', models.CharField(max_length=40)),
                ('label_de', models.CharField(max_length=80)),
                ('label_en', models.CharField(max_length=80)),
                ('path', models.CharField(max_length=120)),
                ('icon', models.CharField(max_length=40)),
                ('right', models.CharField(blank=True, max_length=60)),
                ('position', models.PositiveSmallIntegerField()),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('plane', 'url_name', 'department'), name='a_page_stands_once_in_the_house')],
            },
        ),
    ]
