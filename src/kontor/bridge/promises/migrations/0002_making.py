import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('promises', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='bucket',
            name='begins_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='bucket',
            name='made_by',
            field=models.CharField(blank=True, choices=[('', 'Unknown'), ('production', 'Production'), ('purchase', 'Purchase')], db_default='', max_length=10),
        ),
        migrations.AddField(
            model_name='bucket',
            name='moved_reason',
            field=models.CharField(blank=True, choices=[('material_late', 'Material or a part is late'), ('supplier_late', 'Supplier is late'), ('transport', 'Transport takes longer'), ('capacity', 'Capacity is short'), ('machine_down', 'Machine is down'), ('quality', 'Rework after inspection'), ('replanned', 'Planned anew'), ('earlier', 'Earlier than planned')], db_default='', max_length=16),
        ),
        migrations.CreateModel(
            name='Origin',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('source', models.CharField(max_length=60)),
                ('made_by', models.CharField(blank=True, choices=[('', 'Unknown'), ('production', 'Production'), ('purchase', 'Purchase')], max_length=10)),
                ('quantity', models.DecimalField(decimal_places=4, max_digits=16)),
                ('received_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('bucket', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='origins', to='promises.bucket')),
                ('demand', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='origins', to='promises.demand')),
            ],
        ),
    ]
