import django.db.models.deletion
import django.db.models.functions.datetime
import kontor.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('ledger', '0001_initial'),
        ('payments', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Refund',
            fields=[
                ('id', models.UUIDField(default=kontor.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('key', models.UUIDField(unique=True)),
                ('party_id', models.UUIDField()),
                ('amount', models.DecimalField(decimal_places=2, max_digits=14)),
                ('currency', models.CharField(max_length=3)),
                ('reason', models.CharField(max_length=200)),
                ('iban', models.CharField(blank=True, max_length=34)),
                ('asked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('approved_at', models.DateTimeField(null=True)),
                ('declined_at', models.DateTimeField(null=True)),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('declined_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('open_item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refunds', to='ledger.openitem')),
                ('payment', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, to='payments.payment')),
            ],
            options={
                'indexes': [models.Index(fields=['-asked_at', '-id'], name='refunds_by_date')],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='a_refund_is_of_something'), models.CheckConstraint(condition=models.Q(('approved_by', None), models.Q(('approved_by', models.F('asked_by')), _negated=True), _connector='OR'), name='maker_is_never_checker'), models.CheckConstraint(condition=models.Q(models.Q(('payment', None), ('approved_by__isnull', False), _connector='OR'), models.Q(('approved_by', None), ('declined_by', None), _connector='OR')), name='only_an_approved_refund_is_paid')],
            },
        ),
    ]
