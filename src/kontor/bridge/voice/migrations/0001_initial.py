import django.db.models.deletion
import django.db.models.functions.datetime
import kontor.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0001_initial'),
        ('catalogue', '0001_initial'),
        ('orders', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.UUIDField(default=kontor.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('problem_id', models.UUIDField(db_index=True)),
                ('problem_number', models.CharField(max_length=20)),
                ('verdict', models.CharField(choices=[('done', 'Done'), ('declined', 'Declined')], max_length=8)),
                ('text_de', models.TextField()),
                ('text_en', models.TextField()),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('given_by', models.CharField(max_length=120)),
            ],
        ),
        migrations.CreateModel(
            name='Signal',
            fields=[
                ('id', models.UUIDField(default=kontor.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('key', models.CharField(max_length=160, unique=True)),
                ('kind', models.CharField(choices=[('problem', 'Problem'), ('need', 'Need')], max_length=8)),
                ('source', models.CharField(choices=[('case', "Customer's matter"), ('return', 'Return'), ('review', 'Review'), ('search', 'Search without result'), ('question', 'Unanswered question'), ('checkout', 'Checkout left'), ('wish', 'Idea or wish'), ('still', 'Still broken')], max_length=10)),
                ('lot', models.CharField(blank=True, db_default='', max_length=60)),
                ('words', models.TextField(blank=True, db_default='')),
                ('language', models.CharField(db_default='de', max_length=2)),
                ('reason', models.CharField(blank=True, db_default='', max_length=40)),
                ('stars', models.PositiveSmallIntegerField(null=True)),
                ('times', models.PositiveIntegerField(db_default=1)),
                ('outcome', models.CharField(blank=True, db_default='', max_length=20)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('amended_at', models.DateTimeField(null=True)),
                ('offering', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to='catalogue.offering')),
            ],
        ),
        migrations.CreateModel(
            name='Telling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('told_at', models.DateTimeField(null=True)),
                ('still_broken_at', models.DateTimeField(null=True)),
                ('answer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='tellings', to='voice.answer')),
                ('signal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tellings', to='voice.signal')),
            ],
        ),
        migrations.CreateModel(
            name='SignalOrigin',
            fields=[
                ('signal', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='origin', serialize=False, to='voice.signal')),
                ('party_id', models.UUIDField(null=True)),
                ('email', models.CharField(blank=True, db_default='', max_length=254)),
                ('name', models.CharField(blank=True, db_default='', max_length=120)),
                ('language', models.CharField(db_default='de', max_length=2)),
                ('case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='cases.case')),
                ('order_line', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to='orders.orderline')),
            ],
        ),
        migrations.AddIndex(
            model_name='signal',
            index=models.Index(fields=['-at', '-id'], name='signals_by_time'),
        ),
        migrations.AddIndex(
            model_name='signal',
            index=models.Index(fields=['offering', 'at'], name='signals_of_an_offering'),
        ),
        migrations.AddConstraint(
            model_name='telling',
            constraint=models.UniqueConstraint(fields=('answer', 'signal'), name='an_answer_tells_a_signal_once'),
        ),
    ]
