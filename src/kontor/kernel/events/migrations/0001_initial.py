import django.db.models.deletion
import django.db.models.functions.datetime
import kontor.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.UUIDField(default=kontor.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('type', models.CharField(max_length=80)),
                ('subject', models.CharField(max_length=80)),
                ('subject_id', models.UUIDField()),
                ('fact', models.JSONField(default=dict)),
                ('actor_kind', models.CharField(max_length=10)),
                ('actor_id', models.UUIDField(null=True)),
                ('actor_name', models.CharField(db_default='', max_length=120)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'indexes': [models.Index(fields=['subject_id', 'id'], name='events_of_a_subject')],
            },
        ),
        migrations.CreateModel(
            name='Subscription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('type', models.CharField(max_length=80)),
                ('handler', models.CharField(max_length=120)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('type', 'handler'), name='a_handler_hears_a_type_once')],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('handler', models.CharField(max_length=120)),
                ('due_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('attempts', models.PositiveSmallIntegerField(db_default=0)),
                ('is_dead', models.BooleanField(db_default=False)),
                ('error', models.TextField(db_default='')),
                ('event', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, to='events.event')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('is_dead', False)), fields=['id'], name='deliveries_that_wait')],
            },
        ),
    ]
