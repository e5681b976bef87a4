import django.db.models.deletion
import django.db.models.functions.datetime
import kontor.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0001_initial'),
        ('voice', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.UUIDField(default=kontor.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('person', models.CharField(max_length=260)),
                ('party_id', models.UUIDField(db_index=True)),
                ('language', models.CharField(max_length=2)),
                ('verdict', models.CharField(choices=[('done', 'Done'), ('declined', 'Declined')], max_length=8)),
                ('text', models.TextField()),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('answer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='voice.answer')),
                ('case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='cases.case')),
            ],
        ),
        migrations.CreateModel(
            name='Reply',
            fields=[
                ('id', models.UUIDField(default=kontor.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('party_id', models.UUIDField()),
                ('words', models.CharField(blank=True, max_length=4000)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('notice', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='reply', to='voice.notice')),
            ],
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.UniqueConstraint(fields=('answer', 'person'), name='an_answer_tells_a_person_once'),
        ),
    ]
