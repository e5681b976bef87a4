import django.db.models.deletion
import django.db.models.functions.datetime
import kontor.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('orders', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='PaymentIntent',
            fields=[
                ('id', models.UUIDField(default=kontor.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('party_id', models.UUIDField()),
                ('asked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('redirect_url', models.CharField(db_default='', max_length=500)),
                ('provider_reference', models.CharField(max_length=80, null=True, unique=True)),
                ('state', models.CharField(db_default='asked', max_length=10)),
                ('error', models.TextField(db_default='')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='intents', to='orders.order')),
            ],
        ),
        migrations.CreateModel(
            name='ProviderMessage',
            fields=[
                ('id', models.UUIDField(default=kontor.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('provider', models.CharField(max_length=20)),
                ('message_id', models.CharField(max_length=120)),
                ('headers', models.JSONField()),
                ('body', models.BinaryField()),
                ('received_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('handled_at', models.DateTimeField(null=True)),
                ('verdict', models.CharField(db_default='', max_length=60)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('handled_at', None)), fields=['id'], name='provider_messages_that_wait')],
                'constraints': [models.UniqueConstraint(fields=('provider', 'message_id'), name='a_provider_message_counts_once')],
            },
        ),
        migrations.CreateModel(
            name='Payment',
            fields=[
                ('id', models.UUIDField(default=kontor.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('key', models.UUIDField(unique=True)),
                ('method', models.CharField(choices=[('transfer', 'Bank transfer'), ('provider', 'Online payment'), ('cash', 'Cash')], max_length=10)),
                ('party_id', models.UUIDField(null=True)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=14)),
                ('currency', models.CharField(max_length=3)),
                ('received_on', models.DateField()),
                ('reference', models.CharField(blank=True, max_length=200)),
                ('payer', models.CharField(blank=True, max_length=120)),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('order', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='orders.order')),
            ],
            options={
                'indexes': [models.Index(fields=['-received_on', '-id'], name='payments_by_date')],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount', 0), _negated=True), name='a_payment_is_of_something')],
            },
        ),
    ]
