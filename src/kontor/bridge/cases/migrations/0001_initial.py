import django.db.models.deletion
import django.db.models.functions.datetime
import kontor.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('catalogue', '0001_initial'),
        ('orders', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.UUIDField(default=kontor.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(db_default='', max_length=20, unique=True)),
                ('kind', models.CharField(choices=[('question', 'Question'), ('complaint', 'Complaint'), ('return', 'Return'), ('withdrawal', 'Withdrawal'), ('wish', 'Idea or wish'), ('other', 'Other matter')], max_length=12)),
                ('channel', models.CharField(choices=[('form', 'Written form'), ('order', 'Order page'), ('product', 'Product page'), ('mail', 'E-mail'), ('call', 'Phone'), ('letter', 'Letter'), ('visit', 'Visit')], max_length=8)),
                ('subject', models.CharField(max_length=200)),
                ('party_id', models.UUIDField(null=True)),
                ('name', models.CharField(blank=True, db_default='', max_length=120)),
                ('email', models.CharField(blank=True, db_default='', max_length=254)),
                ('phone', models.CharField(blank=True, db_default='', max_length=40)),
                ('language', models.CharField(db_default='de', max_length=2)),
                ('stated_order', models.CharField(blank=True, db_default='', max_length=120)),
                ('state', models.CharField(choices=[('open', 'Open'), ('waiting', 'Waiting for the customer'), ('closed', 'Closed')], db_default='open', max_length=8)),
                ('queue', models.CharField(db_default='care', max_length=40)),
                ('opened_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('received_at', models.DateTimeField(null=True)),
                ('due_at', models.DateTimeField(null=True)),
                ('due_steps', models.JSONField(null=True)),
                ('first_answered_at', models.DateTimeField(null=True)),
                ('claimed_by_id', models.UUIDField(null=True)),
                ('claimed_by_name', models.CharField(blank=True, db_default='', max_length=120)),
                ('claimed_at', models.DateTimeField(null=True)),
                ('last_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('closed_at', models.DateTimeField(null=True)),
                ('close_reason', models.CharField(blank=True, choices=[('solved', 'Solved'), ('answered', 'Answered'), ('declined', 'Declined'), ('duplicate', 'Already known'), ('no_reply', 'No reply from the customer'), ('spam', 'Spam')], db_default='', max_length=10)),
                ('rating', models.PositiveSmallIntegerField(null=True)),
                ('rated_at', models.DateTimeField(null=True)),
                ('merged_into', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='cases.case')),
                ('offering', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to='catalogue.offering')),
                ('order', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='orders.order')),
                ('order_line', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to='orders.orderline')),
            ],
        ),
        migrations.CreateModel(
            name='Interaction',
            fields=[
                ('id', models.UUIDField(default=kontor.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('direction', models.CharField(choices=[('in', 'From the customer'), ('out', 'To the customer'), ('internal', 'Among staff')], max_length=8)),
                ('kind', models.CharField(choices=[('form', 'Written form'), ('mail', 'E-mail'), ('call', 'Phone call'), ('letter', 'Letter'), ('visit', 'Visit'), ('note', 'Note')], max_length=8)),
                ('party_id', models.UUIDField(null=True)),
                ('author_name', models.CharField(blank=True, db_default='', max_length=120)),
                ('author_email', models.CharField(blank=True, db_default='', max_length=254)),
                ('staff_id', models.UUIDField(null=True)),
                ('subject', models.CharField(blank=True, db_default='', max_length=250)),
                ('text', models.TextField()),
                ('quoted', models.TextField(blank=True, db_default='')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('message_id', models.CharField(max_length=250, null=True, unique=True)),
            ],
            options={
                'indexes': [models.Index(fields=['party_id', '-id'], name='contacts_of_a_party')],
            },
        ),
        migrations.CreateModel(
            name='CaseInteraction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('party_id', models.UUIDField(null=True)),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='cases.case')),
                ('interaction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='cases.interaction')),
            ],
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.UUIDField(default=kontor.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('party_id', models.UUIDField(null=True)),
                ('name', models.CharField(max_length=200)),
                ('media_type', models.CharField(max_length=80)),
                ('size', models.PositiveIntegerField()),
                ('sha256', models.BinaryField()),
                ('content', models.BinaryField()),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('interaction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='cases.interaction')),
            ],
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['party_id', '-id'], name='cases_of_a_party'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('state', 'closed'), _negated=True), fields=['queue', 'due_at', 'id'], name='open_cases_of_a_queue'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('state', 'closed'), _negated=True), fields=['claimed_by_id', 'due_at', 'id'], name='cases_of_a_clerk'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['-last_at', '-id'], name='cases_by_last_contact'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state', 'closed')), models.Q(models.Q(('state', 'closed'), _negated=True), ('closed_at', None)), _connector='OR'), name='a_closed_case_says_when'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('claimed_at', None), ('claimed_by_id__isnull', False), _connector='OR'), name='a_claim_is_somebodys'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('rating', None), ('rating__range', (1, 5)), _connector='OR'), name='a_rating_is_one_to_five'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into', None), models.Q(('merged_into', models.F('id')), _negated=True), _connector='OR'), name='a_case_is_not_merged_into_itself'),
        ),
        migrations.AddConstraint(
            model_name='caseinteraction',
            constraint=models.UniqueConstraint(fields=('case', 'interaction'), name='a_contact_joins_a_case_once'),
        ),
    ]
