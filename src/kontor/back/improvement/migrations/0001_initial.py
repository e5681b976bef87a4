import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import kontor.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('catalogue', '0003_costs_and_steps_are_checked'),
        ('voice', '0004_feed_by_lot_and_words'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Term',
            fields=[
                ('term', models.CharField(max_length=120, primary_key=True, serialize=False)),
                ('signals', models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Group',
            fields=[
                ('id', models.UUIDField(default=kontor.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('problem', 'Problem'), ('need', 'Need')], max_length=8)),
                ('state', models.CharField(choices=[('open', 'Suggested'), ('taken', 'Belongs to a problem'), ('rejected', 'Rejected')], db_default='open', max_length=8)),
                ('lot', models.CharField(blank=True, db_default='', max_length=60)),
                ('members', models.PositiveIntegerField(db_default=0)),
                ('size', models.PositiveIntegerField(db_default=0)),
                ('first_at', models.DateTimeField()),
                ('last_at', models.DateTimeField()),
                ('decided_by_name', models.CharField(blank=True, db_default='', max_length=120)),
                ('decided_at', models.DateTimeField(null=True)),
                ('offering', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.offering')),
            ],
        ),
        migrations.CreateModel(
            name='GroupTerm',
            fields=[
                ('pk', models.CompositePrimaryKey('term', 'group_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('term', models.CharField(max_length=120)),
                ('weight', models.FloatField()),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='terms', to='improvement.group')),
            ],
        ),
        migrations.CreateModel(
            name='Problem',
            fields=[
                ('id', models.UUIDField(default=kontor.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(db_default='', max_length=20, unique=True)),
                ('key', models.UUIDField(unique=True)),
                ('kind', models.CharField(choices=[('problem', 'Problem'), ('need', 'Need')], max_length=8)),
                ('title', models.CharField(max_length=160)),
                ('state', models.CharField(choices=[('plan', 'Find the cause'), ('do', 'Act'), ('check', 'Check the effect'), ('act', 'Answer'), ('closed', 'Closed')], db_default='plan', max_length=6)),
                ('lot', models.CharField(blank=True, db_default='', max_length=60)),
                ('harm', models.PositiveSmallIntegerField(choices=[(0, 'No harm'), (1, 'Annoying'), (2, 'Damage to things'), (3, 'Danger to people')], db_default=0)),
                ('harm_by_name', models.CharField(blank=True, db_default='', max_length=120)),
                ('opened_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('opened_by_name', models.CharField(max_length=120)),
                ('due_at', models.DateTimeField(null=True)),
                ('due_steps', models.JSONField(null=True)),
                ('whys', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), default=list, size=5)),
                ('cause', models.TextField(blank=True, db_default='')),
                ('cause_kind', models.CharField(blank=True, choices=[('design', 'Construction or concept'), ('material', 'Material or bought part'), ('making', 'Manufacture or assembly'), ('packing', 'Packing or transport'), ('words', 'Description or instructions'), ('service', 'Service or process'), ('use', 'Use otherwise than intended'), ('missing', 'Something we do not offer')], db_default='', max_length=10)),
                ('planned_at', models.DateTimeField(null=True)),
                ('action', models.TextField(blank=True, db_default='')),
                ('action_due_on', models.DateField(null=True)),
                ('acted_at', models.DateTimeField(null=True)),
                ('effect', models.CharField(blank=True, choices=[('worked', 'It works'), ('partly', 'It works in part'), ('failed', 'It does not work')], db_default='', max_length=8)),
                ('effect_note', models.TextField(blank=True, db_default='')),
                ('checked_at', models.DateTimeField(null=True)),
                ('answer_id', models.UUIDField(null=True)),
                ('verdict', models.CharField(blank=True, db_default='', max_length=8)),
                ('closed_at', models.DateTimeField(null=True)),
                ('reopened_at', models.DateTimeField(null=True)),
                ('rounds', models.PositiveSmallIntegerField(db_default=1)),
                ('signals', models.PositiveIntegerField(db_default=0)),
                ('voices', models.PositiveIntegerField(db_default=0)),
                ('affected_amount', models.DecimalField(db_default=0, decimal_places=2, max_digits=14)),
                ('score', models.DecimalField(db_default=0, decimal_places=1, max_digits=8)),
                ('last_signal_at', models.DateTimeField(null=True)),
                ('ranked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('recurred', models.PositiveIntegerField(db_default=0)),
                ('offering', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.offering')),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('signal', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='membership', serialize=False, to='voice.signal')),
                ('likeness', models.FloatField()),
                ('heard_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('confirmed_by_name', models.CharField(blank=True, db_default='', max_length=120)),
                ('parted_from', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='improvement.group')),
                ('problem', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='links', to='improvement.problem')),
            ],
        ),
        migrations.AddField(
            model_name='group',
            name='problem',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='groups', to='improvement.problem'),
        ),
        migrations.AddIndex(
            model_name='problem',
            index=models.Index(fields=['-score', '-id'], name='problems_by_rank'),
        ),
        migrations.AddIndex(
            model_name='problem',
            index=models.Index(fields=['state', '-score', '-id'], name='problems_by_state_and_rank'),
        ),
        migrations.AddIndex(
            model_name='problem',
            index=models.Index(fields=['-opened_at', '-id'], name='problems_by_date'),
        ),
        migrations.AddIndex(
            model_name='problem',
            index=models.Index(fields=['ranked_at'], name='problems_by_ranking'),
        ),
        migrations.AddConstraint(
            model_name='problem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer_id__isnull', False), ('closed_at__isnull', False), ('state', 'closed')), models.Q(models.Q(('state', 'closed'), _negated=True), ('closed_at', None)), _connector='OR'), name='a_closed_problem_has_an_answer'),
        ),
        migrations.AddConstraint(
            model_name='problem',
            constraint=models.CheckConstraint(condition=models.Q(('harm__lte', 3)), name='harm_is_none_to_danger'),
        ),
        migrations.AddConstraint(
            model_name='problem',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'plan'), models.Q(('state', 'closed'), ('verdict', 'declined')), models.Q(('cause', ''), _negated=True), _connector='OR'), name='nobody_acts_without_a_cause'),
        ),
        migrations.AddConstraint(
            model_name='problem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('check', 'act')), _negated=True), ('acted_at__isnull', False), _connector='OR'), name='an_effect_follows_an_action'),
        ),
        migrations.AddIndex(
            model_name='membership',
            index=models.Index(fields=['problem', '-heard_at'], name='signals_of_a_problem'),
        ),
        migrations.AddIndex(
            model_name='membership',
            index=models.Index(condition=models.Q(('problem', None)), fields=['group', '-likeness'], name='signals_that_wait_in_a_group'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at', None), ('problem', None)), models.Q(('confirmed_at__isnull', False), ('problem__isnull', False)), _connector='OR'), name='a_link_says_who_confirmed_it_and_when'),
        ),
        migrations.AddIndex(
            model_name='group',
            index=models.Index(condition=models.Q(models.Q(('state', 'rejected'), _negated=True), ('size__gt', 0)), fields=['-size', '-id'], name='groups_that_wait_by_size'),
        ),
        migrations.AddConstraint(
            model_name='group',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('problem__isnull', False), ('state', 'taken')), models.Q(models.Q(('state', 'taken'), _negated=True), ('problem', None)), _connector='OR'), name='a_taken_group_has_a_problem'),
        ),
    ]
