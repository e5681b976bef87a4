import django.contrib.postgres.fields
import django.core.serializers.json
import django.db.models.deletion
import django.db.models.functions.datetime
import kontor.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('administration', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ImportFile',
            fields=[
                ('id', models.UUIDField(default=kontor.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('customers', 'Customers'), ('offerings', 'Offerings')], max_length=10)),
                ('state', models.CharField(choices=[('reading', 'Is being read'), ('broken', 'Cannot be read'), ('read', 'Columns to be assigned'), ('checking', 'Is being tried'), ('checked', 'Tried, not yet imported'), ('running', 'Is being imported'), ('stopped', 'Stopped'), ('done', 'Imported'), ('reverting', 'Is being taken back'), ('reverted', 'Taken back')], default='reading', max_length=10)),
                ('name', models.CharField(max_length=120)),
                ('content', models.BinaryField()),
                ('language', models.CharField(max_length=2)),
                ('uploaded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('encoding', models.CharField(db_default='', max_length=20)),
                ('delimiter', models.CharField(db_default='', max_length=1)),
                ('decimal_mark', models.CharField(db_default='.', max_length=1)),
                ('problem', models.CharField(db_default='', max_length=300)),
                ('headers', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), default=list)),
                ('fields', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list)),
                ('sells_at_once', models.BooleanField(db_default=False)),
                ('rows', models.PositiveIntegerField(db_default=0)),
                ('started_at', models.DateTimeField(null=True)),
                ('finished_at', models.DateTimeField(null=True)),
                ('reverted_at', models.DateTimeField(null=True)),
                ('wrong_rows', models.BinaryField(null=True)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='ImportTemplate',
            fields=[
                ('id', models.UUIDField(default=kontor.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('customers', 'Customers'), ('offerings', 'Offerings')], max_length=10)),
                ('name', models.CharField(max_length=60)),
                ('headers', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200))),
                ('fields', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20))),
                ('saved_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'name'), name='an_import_template_has_a_name_of_its_own'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='an_import_template_has_a_name')],
            },
        ),
        migrations.CreateModel(
            name='ImportRow',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('line', models.PositiveIntegerField()),
                ('cells', django.contrib.postgres.fields.ArrayField(base_field=models.TextField())),
                ('state', models.CharField(choices=[('new', 'Not looked at'), ('wrong', 'Wrong'), ('creates', 'Will be new'), ('changes', 'Will be changed'), ('keeps', 'Is the same already'), ('created', 'New'), ('changed', 'Changed'), ('same', 'The same already'), ('reverted', 'Taken back'), ('used', 'Used since, kept')], default='new', max_length=10)),
                ('reasons', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list)),
                ('subject_id', models.UUIDField(null=True)),
                ('number', models.CharField(db_default='', max_length=60)),
                ('before', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('after', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('file', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='administration.importfile')),
            ],
            options={
                'indexes': [models.Index(fields=['file', 'state', 'line'], name='import_rows_by_state')],
                'constraints': [models.UniqueConstraint(fields=('file', 'line'), name='a_line_of_a_file_is_imported_once')],
            },
        ),
    ]
