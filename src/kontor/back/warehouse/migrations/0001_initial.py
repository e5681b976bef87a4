import django.db.models.deletion
import django.db.models.functions.datetime
import kontor.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('catalogue', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Location',
            fields=[
                ('id', models.UUIDField(default=kontor.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=20, unique=True)),
                ('name_de', models.CharField(max_length=80)),
                ('name_en', models.CharField(max_length=80)),
                ('site', models.CharField(default='main', max_length=40)),
                ('position', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'ordering': ['position', 'code'],
            },
        ),
        migrations.CreateModel(
            name='Move',
            fields=[
                ('id', models.UUIDField(default=kontor.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('opening', 'Opening stock'), ('receipt', 'Goods receipt'), ('issue', 'Goods issue'), ('count', 'Count difference'), ('return', 'Return receipt'), ('transfer', 'Transfer')], max_length=10)),
                ('quantity', models.DecimalField(decimal_places=4, max_digits=16)),
                ('order_line_id', models.UUIDField(null=True)),
                ('reference', models.CharField(blank=True, max_length=60)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('actor_name', models.CharField(blank=True, max_length=120)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('location', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='warehouse.location')),
                ('offering', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='catalogue.offering')),
            ],
            options={
                'indexes': [models.Index(fields=['offering', 'id'], name='moves_of_an_offering'), models.Index(condition=models.Q(('order_line_id__isnull', False)), fields=['order_line_id'], name='moves_of_an_order_line')],
                'constraints': [models.CheckConstraint(condition=models.Q(('quantity', 0), _negated=True), name='a_move_moves_something')],
            },
        ),
        migrations.CreateModel(
            name='OnHand',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('quantity', models.DecimalField(decimal_places=4, default=0, max_digits=16)),
                ('location', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='on_hand', to='warehouse.location')),
                ('offering', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='on_hand', to='catalogue.offering')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('offering', 'location'), name='an_article_lies_once_at_a_location'), models.CheckConstraint(condition=models.Q(('quantity__gte', 0)), name='nothing_leaves_that_is_not_there')],
            },
        ),
    ]
