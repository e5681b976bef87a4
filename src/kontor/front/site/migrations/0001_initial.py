import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import kontor.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('orders', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('slug', models.SlugField(max_length=80)),
                ('kind', models.CharField(choices=[('page', 'Page'), ('legal', 'Legal text'), ('news', 'News')], max_length=8)),
                ('title_de', models.CharField(blank=True, default='', max_length=120)),
                ('title_en', models.CharField(blank=True, default='', max_length=120)),
                ('teaser_de', models.CharField(blank=True, default='', max_length=400)),
                ('teaser_en', models.CharField(blank=True, default='', max_length=400)),
                ('body_de', models.TextField(blank=True, default='')),
                ('body_en', models.TextField(blank=True, default='')),
                ('picture', models.CharField(blank=True, default='', max_length=90)),
                ('picture_alt_de', models.CharField(blank=True, default='', max_length=200)),
                ('picture_alt_en', models.CharField(blank=True, default='', max_length=200)),
                ('sections', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list)),
                ('is_checked', models.BooleanField(default=False)),
                ('id', models.UUIDField(default=kontor.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('changed_at', models.DateTimeField()),
                ('changed_by', models.CharField(max_length=120)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('slug',), name='a_page_has_one_draft')],
            },
        ),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('slug', models.SlugField(max_length=80)),
                ('kind', models.CharField(choices=[('page', 'Page'), ('legal', 'Legal text'), ('news', 'News')], max_length=8)),
                ('title_de', models.CharField(blank=True, default='', max_length=120)),
                ('title_en', models.CharField(blank=True, default='', max_length=120)),
                ('teaser_de', models.CharField(blank=True, default='', max_length=400)),
                ('teaser_en', models.CharField(blank=True, default='', max_length=400)),
                ('body_de', models.TextField(blank=True, default='')),
                ('body_en', models.TextField(blank=True, default='')),
                ('picture', models.CharField(blank=True, default='', max_length=90)),
                ('picture_alt_de', models.CharField(blank=True, default='', max_length=200)),
                ('picture_alt_en', models.CharField(blank=True, default='', max_length=200)),
                ('sections', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list)),
                ('is_checked', models.BooleanField(default=False)),
                ('id', models.UUIDField(default=kontor.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('stays_readable', models.BooleanField(default=False)),
                ('valid_from', models.DateTimeField()),
                ('valid_until', models.DateTimeField(null=True)),
                ('meant_until', models.DateTimeField(null=True)),
                ('replaced_by_id', models.UUIDField(null=True)),
                ('published_at', models.DateTimeField()),
                ('published_by', models.CharField(max_length=120)),
                ('note', models.CharField(blank=True, default='', max_length=200)),
            ],
            options={
                'indexes': [models.Index(fields=['slug', '-valid_from', '-number'], name='editions_of_a_page'), models.Index(fields=['kind', '-valid_from', '-id'], name='editions_by_date')],
                'constraints': [models.UniqueConstraint(fields=('slug', 'number'), name='an_edition_has_its_own_number'), models.CheckConstraint(condition=models.Q(('valid_until', None), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='an_edition_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(('valid_from__gte', models.F('published_at'))), name='nothing_is_published_for_the_past'), models.CheckConstraint(condition=models.Q(('title_de', ''), _negated=True), name='an_edition_has_a_title')],
            },
        ),
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('order', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='orders.order')),
                ('party_id', models.UUIDField()),
                ('agreed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('edition', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='site.edition')),
            ],
        ),
    ]
