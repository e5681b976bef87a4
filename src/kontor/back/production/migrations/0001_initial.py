import django.db.models.deletion
import django.db.models.functions.datetime
import kontor.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('catalogue', '0001_initial'),
        ('promises', '0003_begun'),
    ]

    operations = [
        migrations.CreateModel(
            name='ProductionOrder',
            fields=[
                ('id', models.UUIDField(default=kontor.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('key', models.UUIDField(unique=True)),
                ('number', models.CharField(max_length=40, unique=True)),
                ('state', models.CharField(choices=[('planned', 'To be started'), ('started', 'Being made'), ('finished', 'Made'), ('cancelled', 'Called off')], db_default='planned', max_length=10)),
                ('quantity', models.DecimalField(decimal_places=4, max_digits=16)),
                ('planned_start_at', models.DateTimeField()),
                ('planned_finish_at', models.DateTimeField()),
                ('started_at', models.DateTimeField(null=True)),
                ('finished_at', models.DateTimeField(null=True)),
                ('cancelled_at', models.DateTimeField(null=True)),
                ('good_quantity', models.DecimalField(db_default=0, decimal_places=4, max_digits=16)),
                ('note', models.CharField(blank=True, db_default='', max_length=200)),
                ('cancel_reason', models.CharField(blank=True, db_default='', max_length=200)),
                ('planned_by', models.CharField(blank=True, max_length=120)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('bucket', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='production_order', to='promises.bucket')),
                ('offering', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='production_orders', to='catalogue.offering')),
            ],
        ),
        migrations.CreateModel(
            name='Shift',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('was_at', models.DateTimeField()),
                ('finish_at', models.DateTimeField()),
                ('reason', models.CharField(choices=[('material_late', 'Material or a part is late'), ('supplier_late', 'Supplier is late'), ('transport', 'Transport takes longer'), ('capacity', 'Capacity is short'), ('machine_down', 'Machine is down'), ('quality', 'Rework after inspection'), ('replanned', 'Planned anew'), ('earlier', 'Earlier than planned')], max_length=16)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('actor_name', models.CharField(blank=True, max_length=120)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shifts', to='production.productionorder')),
            ],
        ),
        migrations.CreateModel(
            name='WorkStep',
            fields=[
                ('id', models.UUIDField(default=kontor.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=80)),
                ('work_centre', models.CharField(blank=True, max_length=80)),
                ('started_at', models.DateTimeField(null=True)),
                ('stopped_at', models.DateTimeField(null=True)),
                ('good_quantity', models.DecimalField(db_default=0, decimal_places=4, max_digits=16)),
                ('scrap_quantity', models.DecimalField(db_default=0, decimal_places=4, max_digits=16)),
                ('scrap_reason', models.CharField(blank=True, choices=[('material', 'Faulty material'), ('machine', 'Fault of a machine'), ('handling', 'Damaged while working'), ('setting', 'Wrong setting or drawing'), ('other', 'Another reason')], db_default='', max_length=10)),
                ('order', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='production.productionorder')),
            ],
        ),
        migrations.AddIndex(
            model_name='productionorder',
            index=models.Index(fields=['planned_finish_at', 'id'], name='production_by_finish'),
        ),
        migrations.AddIndex(
            model_name='productionorder',
            index=models.Index(fields=['state', 'planned_finish_at', 'id'], name='production_by_state'),
        ),
        migrations.AddConstraint(
            model_name='productionorder',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='a_production_order_makes_something'),
        ),
        migrations.AddConstraint(
            model_name='productionorder',
            constraint=models.CheckConstraint(condition=models.Q(('planned_finish_at__gte', models.F('planned_start_at'))), name='production_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='productionorder',
            constraint=models.CheckConstraint(condition=models.Q(('good_quantity__gte', 0)), name='what_was_made_is_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='productionorder',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['planned', 'cancelled']), ('started_at__isnull', False), _connector='OR'), models.Q(('state', 'finished'), ('finished_at', None), _connector='XOR'), models.Q(('state', 'cancelled'), ('cancelled_at', None), _connector='XOR')), name='a_production_order_says_when'),
        ),
        migrations.AddConstraint(
            model_name='workstep',
            constraint=models.UniqueConstraint(fields=('order', 'position'), name='a_step_stands_once_in_its_order'),
        ),
        migrations.AddConstraint(
            model_name='workstep',
            constraint=models.CheckConstraint(condition=models.Q(('good_quantity__gte', 0), ('scrap_quantity__gte', 0)), name='what_a_step_made_is_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='workstep',
            constraint=models.CheckConstraint(condition=models.Q(('scrap_quantity', 0), models.Q(('scrap_reason', ''), _negated=True), _connector='OR'), name='scrap_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='workstep',
            constraint=models.CheckConstraint(condition=models.Q(('stopped_at', None), models.Q(('started_at__isnull', False), ('stopped_at__gte', models.F('started_at'))), _connector='OR'), name='a_step_ends_after_it_begins'),
        ),
    ]
