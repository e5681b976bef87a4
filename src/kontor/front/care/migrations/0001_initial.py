import django.db.models.functions.datetime
import kontor.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='AnswerTime',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=12)),
                ('minutes', models.PositiveIntegerField()),
                ('valid_from', models.DateField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'valid_from'), name='an_answer_time_begins_once_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case_id', models.UUIDField()),
                ('staff_id', models.UUIDField()),
                ('text', models.TextField()),
                ('saved_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('case_id', 'staff_id'), name='a_clerk_has_one_draft_a_case')],
            },
        ),
        migrations.CreateModel(
            name='IncomingMail',
            fields=[
                ('id', models.UUIDField(default=kontor.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('sha256', models.BinaryField(unique=True)),
                ('message_id', models.CharField(blank=True, max_length=250)),
                ('sender', models.CharField(blank=True, max_length=254)),
                ('subject', models.CharField(blank=True, max_length=250)),
                ('source', models.CharField(max_length=8)),
                ('size', models.PositiveIntegerField()),
                ('raw', models.BinaryField()),
                ('received_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('state', models.CharField(choices=[('taken', 'Taken into a matter'), ('kept', 'Kept aside'), ('dismissed', 'Looked through')], max_length=10)),
                ('reason', models.CharField(blank=True, choices=[('', 'None'), ('broken', 'It cannot be read.'), ('no_sender', 'It names no sender.'), ('too_large', 'It is larger than 25 MB.'), ('own', 'It is one of our own mails that came back.'), ('automatic', 'An automatic answer to a mail that belongs to no matter.'), ('bounce', 'A mail could not be delivered, and it belongs to no matter.'), ('bulk', 'A mass mail or a mailing list.'), ('too_many', 'This sender wrote too many mails within an hour.')], db_default='', max_length=12)),
                ('case_number', models.CharField(blank=True, db_default='', max_length=20)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'kept')), fields=['-id'], name='mails_kept_aside'), models.Index(fields=['sender', '-received_at'], name='mails_of_a_sender'), models.Index(condition=models.Q(('message_id', ''), _negated=True), fields=['message_id'], name='mails_by_message_id')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'kept'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='a_kept_mail_says_why')],
            },
        ),
        migrations.CreateModel(
            name='Snippet',
            fields=[
                ('id', models.UUIDField(default=kontor.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=80)),
                ('text_de', models.TextField(blank=True)),
                ('text_en', models.TextField(blank=True)),
                ('changed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('changed_by', models.CharField(blank=True, db_default='', max_length=120)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('text_de', ''), ('text_en', ''), _negated=True), name='a_snippet_says_something'), models.UniqueConstraint(fields=('title',), name='a_snippet_has_a_title_of_its_own')],
            },
        ),
        # What a house begins with; it changes its answer times on a screen. Minutes of opening hours.
        migrations.RunSQL(
            "INSERT INTO care_answertime (kind, minutes, valid_from) VALUES"
            " ('complaint', 240, '2020-01-01'), ('withdrawal', 240, '2020-01-01'), ('return', 480, '2020-01-01'),"
            " ('question', 480, '2020-01-01'), ('other', 480, '2020-01-01'), ('wish', 1440, '2020-01-01')",
            "DELETE FROM care_answertime",
        ),
    ]
