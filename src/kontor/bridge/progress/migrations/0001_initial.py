import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('orders', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Milestone',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('party_id', models.UUIDField()),
                ('step', models.CharField(choices=[('confirmed', 'Confirmed'), ('picked', 'Picked'), ('shipped', 'Shipped'), ('delivered', 'Delivered'), ('invoiced', 'Invoiced'), ('paid', 'Paid'), ('cancelled', 'Cancelled'), ('returned', 'Returned'), ('moved', 'Promised day moved')], max_length=10)),
                ('quantity', models.DecimalField(decimal_places=4, max_digits=16)),
                ('reached_at', models.DateTimeField()),
                ('order', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='milestones', to='orders.order')),
                ('order_line', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='milestones', to='orders.orderline')),
            ],
            options={
                'indexes': [models.Index(fields=['order', 'id'], name='milestones_of_an_order')],
            },
        ),
    ]
