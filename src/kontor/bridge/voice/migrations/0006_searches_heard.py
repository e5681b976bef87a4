from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('voice', '0005_notice_of_a_telling'),
    ]

    operations = [
        migrations.AddField(
            model_name='searchmiss',
            name='heard_times',
            field=models.PositiveIntegerField(db_default=0),
        ),
    ]
