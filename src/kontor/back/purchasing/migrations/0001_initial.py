import django.db.models.deletion
import django.db.models.functions.datetime
import kontor.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('catalogue', '0001_initial'),
        ('parties', '0001_initial'),
        ('promises', '0003_begun'),
    ]

    operations = [
        migrations.CreateModel(
            name='PurchaseOrder',
            fields=[
                ('id', models.UUIDField(default=kontor.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('key', models.UUIDField(unique=True)),
                ('number', models.CharField(max_length=40, unique=True)),
                ('state', models.CharField(choices=[('ordered', 'Ordered'), ('confirmed', 'Confirmed by the supplier'), ('partly', 'Partly received'), ('received', 'Received'), ('cancelled', 'Called off')], db_default='ordered', max_length=10)),
                ('currency', models.CharField(max_length=3)),
                ('due_at', models.DateTimeField()),
                ('ordered_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('ordered_by', models.CharField(blank=True, max_length=120)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('cancel_reason', models.CharField(blank=True, db_default='', max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name='PurchaseLine',
            fields=[
                ('id', models.UUIDField(default=kontor.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('state', models.CharField(choices=[('ordered', 'Ordered'), ('confirmed', 'Confirmed by the supplier'), ('partly', 'Partly received'), ('received', 'Received'), ('cancelled', 'Called off')], db_default='ordered', max_length=10)),
                ('quantity', models.DecimalField(decimal_places=4, max_digits=16)),
                ('unit_price', models.DecimalField(decimal_places=6, max_digits=16)),
                ('expected_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('received_quantity', models.DecimalField(db_default=0, decimal_places=4, max_digits=16)),
                ('bucket', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='purchase_line', to='promises.bucket')),
                ('offering', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='purchase_lines', to='catalogue.offering')),
                ('order', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='purchasing.purchaseorder')),
            ],
        ),
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('quantity', models.DecimalField(decimal_places=4, max_digits=16)),
                ('reference', models.CharField(blank=True, max_length=60)),
                ('actor_name', models.CharField(blank=True, max_length=120)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='purchasing.purchaseline')),
            ],
        ),
        migrations.CreateModel(
            name='Shift',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('was_at', models.DateTimeField()),
                ('expected_at', models.DateTimeField()),
                ('reason', models.CharField(choices=[('material_late', 'Material or a part is late'), ('supplier_late', 'Supplier is late'), ('transport', 'Transport takes longer'), ('capacity', 'Capacity is short'), ('machine_down', 'Machine is down'), ('quality', 'Rework after inspection'), ('replanned', 'Planned anew'), ('earlier', 'Earlier than planned')], max_length=16)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('actor_name', models.CharField(blank=True, max_length=120)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shifts', to='purchasing.purchaseline')),
            ],
        ),
        migrations.CreateModel(
            name='Supplier',
            fields=[
                ('id', models.UUIDField(default=kontor.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('key', models.UUIDField(unique=True)),
                ('number', models.CharField(max_length=40, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('email', models.CharField(blank=True, max_length=254)),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('lead_days', models.PositiveSmallIntegerField(default=14)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('party', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
            ],
        ),
        migrations.AddField(
            model_name='purchaseorder',
            name='supplier',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='purchasing.supplier'),
        ),
        migrations.AddConstraint(
            model_name='purchaseline',
            constraint=models.UniqueConstraint(fields=('order', 'position'), name='a_purchase_line_stands_once'),
        ),
        migrations.AddConstraint(
            model_name='purchaseline',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='a_purchase_line_is_of_something'),
        ),
        migrations.AddConstraint(
            model_name='purchaseline',
            constraint=models.CheckConstraint(condition=models.Q(('unit_price__gte', 0), ('received_quantity__gte', 0)), name='a_purchase_line_is_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='supplier',
            constraint=models.UniqueConstraint(fields=('name',), name='a_supplier_stands_once'),
        ),
        migrations.AddConstraint(
            model_name='supplier',
            constraint=models.CheckConstraint(condition=models.Q(('lead_days__lte', 999)), name='a_supplier_delivers_within_years'),
        ),
        migrations.AddIndex(
            model_name='purchaseorder',
            index=models.Index(fields=['due_at', 'id'], name='purchases_by_due_day'),
        ),
        migrations.AddIndex(
            model_name='purchaseorder',
            index=models.Index(fields=['state', 'due_at', 'id'], name='purchases_by_state'),
        ),
    ]
