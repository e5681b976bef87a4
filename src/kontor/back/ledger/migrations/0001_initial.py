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
            name='Account',
            fields=[
                ('number', models.CharField(max_length=8, primary_key=True, serialize=False)),
                ('name_de', models.CharField(max_length=120)),
                ('name_en', models.CharField(max_length=120)),
                ('kind', models.CharField(choices=[('asset', 'Asset'), ('liability', 'Liability'), ('equity', 'Equity'), ('revenue', 'Revenue'), ('expense', 'Expense')], max_length=10)),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.UUIDField(default=kontor.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.BigIntegerField(unique=True)),
                ('source', models.CharField(max_length=20)),
                ('source_id', models.UUIDField()),
                ('document_number', models.CharField(max_length=40)),
                ('booked_on', models.DateField()),
                ('text', models.CharField(max_length=200)),
                ('posted_at', models.DateTimeField()),
                ('actor_name', models.CharField(max_length=120)),
                ('currency', models.CharField(max_length=3)),
            ],
        ),
        migrations.CreateModel(
            name='EntryLine',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('amount', models.DecimalField(decimal_places=2, max_digits=14)),
                ('party_id', models.UUIDField(null=True)),
                ('tax_code', models.CharField(blank=True, max_length=12)),
                ('tax_rate', models.DecimalField(decimal_places=2, max_digits=5, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Match',
            fields=[
                ('id', models.UUIDField(default=kontor.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=14)),
                ('matched_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('actor_name', models.CharField(max_length=120)),
            ],
        ),
        migrations.CreateModel(
            name='OpenItem',
            fields=[
                ('id', models.UUIDField(default=kontor.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(max_length=20)),
                ('source_id', models.UUIDField()),
                ('document_number', models.CharField(max_length=40)),
                ('order_id', models.UUIDField(null=True)),
                ('party_id', models.UUIDField(null=True)),
                ('currency', models.CharField(max_length=3)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=14)),
                ('open_amount', models.DecimalField(decimal_places=2, max_digits=14)),
                ('booked_on', models.DateField()),
                ('due_on', models.DateField()),
                ('cleared_on', models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='AccountRule',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('purpose', models.CharField(max_length=20)),
                ('tax_code', models.CharField(blank=True, max_length=12)),
                ('tax_rate', models.DecimalField(decimal_places=2, max_digits=5, null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='ledger.account')),
            ],
        ),
        migrations.CreateModel(
            name='Seal',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='seal', serialize=False, to='ledger.entry')),
                ('number', models.BigIntegerField(unique=True)),
                ('hash', models.BinaryField()),
            ],
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['-booked_on', '-number'], name='entries_by_date'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.UniqueConstraint(fields=('source', 'source_id'), name='a_source_is_posted_once'),
        ),
        migrations.AddField(
            model_name='entryline',
            name='account',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='ledger.account'),
        ),
        migrations.AddField(
            model_name='entryline',
            name='entry',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='ledger.entry'),
        ),
        migrations.AddIndex(
            model_name='openitem',
            index=models.Index(condition=models.Q(('open_amount', 0), _negated=True), fields=['due_on', 'id'], name='open_items_by_due_date'),
        ),
        migrations.AddIndex(
            model_name='openitem',
            index=models.Index(fields=['order_id'], name='open_items_of_an_order'),
        ),
        migrations.AddIndex(
            model_name='openitem',
            index=models.Index(condition=models.Q(('open_amount', 0), _negated=True), fields=['party_id'], name='open_items_of_a_party'),
        ),
        migrations.AddConstraint(
            model_name='openitem',
            constraint=models.UniqueConstraint(fields=('source', 'source_id'), name='a_document_is_one_open_item'),
        ),
        migrations.AddConstraint(
            model_name='openitem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount__gte', 0), ('open_amount__gte', 0), ('open_amount__lte', models.F('amount'))), models.Q(('amount__lt', 0), ('open_amount__gte', models.F('amount')), ('open_amount__lte', 0)), _connector='OR'), name='an_open_item_shrinks_to_zero'),
        ),
        migrations.AddField(
            model_name='match',
            name='credit',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='settles', to='ledger.openitem'),
        ),
        migrations.AddField(
            model_name='match',
            name='debit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='settled_by', to='ledger.openitem'),
        ),
        migrations.AddConstraint(
            model_name='accountrule',
            constraint=models.UniqueConstraint(fields=('purpose', 'tax_code', 'tax_rate'), name='a_purpose_has_one_account', nulls_distinct=False),
        ),
        migrations.AddIndex(
            model_name='entryline',
            index=models.Index(fields=['account', 'id'], name='lines_of_an_account'),
        ),
        migrations.AddConstraint(
            model_name='entryline',
            constraint=models.CheckConstraint(condition=models.Q(('amount', 0), _negated=True), name='an_entry_line_is_of_something'),
        ),
        migrations.AddIndex(
            model_name='match',
            index=models.Index(fields=['credit'], name='matches_of_a_credit'),
        ),
        migrations.AddConstraint(
            model_name='match',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='a_match_is_of_something'),
        ),
    ]
