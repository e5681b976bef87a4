import django.db.models.deletion
import kontor.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.UUIDField(default=kontor.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('page', models.CharField(max_length=60)),
                ('name', models.CharField(max_length=60)),
                ('query', models.CharField(max_length=500)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('page', 'owner', 'name'), name='a_view_name_is_used_once_per_list')],
            },
        ),
    ]
