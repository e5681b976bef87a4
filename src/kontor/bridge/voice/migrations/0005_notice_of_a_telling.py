from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('voice', '0004_feed_by_lot_and_words'),
    ]

    operations = [
        migrations.AddField(
            model_name='telling',
            name='notice_id',
            field=models.UUIDField(null=True),
        ),
    ]
