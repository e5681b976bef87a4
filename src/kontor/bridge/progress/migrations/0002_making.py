import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0001_initial'),
        ('progress', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='milestone',
            name='planned_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='milestone',
            name='promised_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='milestone',
            name='reason',
            field=models.CharField(blank=True, choices=[('material_late', 'Material or a part is late'), ('supplier_late', 'Supplier is late'), ('transport', 'Transport takes longer'), ('capacity', 'Capacity is short'), ('machine_down', 'Machine is down'), ('quality', 'Rework after inspection'), ('replanned', 'Planned anew'), ('earlier', 'Earlier than planned')], db_default='', max_length=16),
        ),
        migrations.AddField(
            model_name='milestone',
            name='was_on',
            field=models.DateField(null=True),
        ),
        migrations.AlterField(
            model_name='milestone',
            name='step',
            field=models.CharField(choices=[('confirmed', 'Confirmed'), ('material', 'Material ready'), ('production', 'In production'), ('quality', 'Quality passed'), ('picked', 'Picked'), ('packed', 'Packed'), ('shipped', 'Shipped'), ('delivered', 'Delivered'), ('invoiced', 'Invoiced'), ('paid', 'Paid'), ('cancelled', 'Cancelled'), ('returned', 'Returned'), ('moved', 'Promised day moved')], max_length=10),
        ),
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('party_id', models.UUIDField()),
                ('step', models.CharField(choices=[('confirmed', 'Confirmed'), ('material', 'Material ready'), ('production', 'In production'), ('quality', 'Quality passed'), ('picked', 'Picked'), ('packed', 'Packed'), ('shipped', 'Shipped'), ('delivered', 'Delivered'), ('invoiced', 'Invoiced'), ('paid', 'Paid'), ('cancelled', 'Cancelled'), ('returned', 'Returned'), ('moved', 'Promised day moved')], max_length=10)),
                ('planned_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='orders.order')),
                ('order_line', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='orders.orderline')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('order_line', 'step'), name='a_step_of_a_line_is_planned_once')],
            },
        ),
    ]
