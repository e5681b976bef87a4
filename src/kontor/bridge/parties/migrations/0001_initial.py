import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import kontor.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Address',
            fields=[
                ('id', models.UUIDField(default=kontor.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120)),
                ('extra', models.CharField(blank=True, max_length=120)),
                ('street', models.CharField(max_length=120)),
                ('postal_code', models.CharField(max_length=12)),
                ('city', models.CharField(max_length=80)),
                ('country', models.CharField(default='DE', max_length=2)),
                ('is_billing', models.BooleanField(default=True)),
                ('is_shipping', models.BooleanField(default=True)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.CreateModel(
            name='House',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('since', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('name', models.CharField(max_length=120)),
                ('legal_form_line', models.CharField(blank=True, max_length=200)),
                ('street', models.CharField(max_length=120)),
                ('postal_code', models.CharField(max_length=12)),
                ('city', models.CharField(max_length=80)),
                ('country', models.CharField(default='DE', max_length=2)),
                ('land', models.CharField(default='HB', max_length=4)),
                ('email', models.EmailField(max_length=254)),
                ('phone', models.CharField(max_length=40)),
                ('website', models.CharField(blank=True, max_length=120)),
                ('vat_id', models.CharField(blank=True, max_length=20)),
                ('tax_number', models.CharField(blank=True, max_length=30)),
                ('register_line', models.CharField(blank=True, max_length=120)),
                ('managing_director', models.CharField(blank=True, max_length=120)),
                ('bank_name', models.CharField(blank=True, max_length=80)),
                ('iban', models.CharField(blank=True, max_length=34)),
                ('bic', models.CharField(blank=True, max_length=11)),
                ('currency', models.CharField(default='EUR', max_length=3)),
                ('jurisdiction', models.CharField(default='DE', max_length=8)),
                ('time_zone', models.CharField(default='Europe/Berlin', max_length=40)),
                ('hue', models.PositiveSmallIntegerField(default=195)),
                ('hue_accent', models.PositiveSmallIntegerField(default=70)),
                ('handling_days', models.PositiveSmallIntegerField(default=1)),
                ('payment_days', models.PositiveSmallIntegerField(default=14)),
                ('release_limit', models.DecimalField(decimal_places=2, default=5000, max_digits=14)),
            ],
        ),
        migrations.CreateModel(
            name='Party',
            fields=[
                ('id', models.UUIDField(default=kontor.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(db_default='', editable=False, max_length=20, unique=True)),
                ('kind', models.CharField(choices=[('person', 'Person'), ('organisation', 'Organisation')], default='person', max_length=12)),
                ('given_name', models.CharField(blank=True, max_length=80)),
                ('family_name', models.CharField(blank=True, max_length=80)),
                ('organisation', models.CharField(blank=True, max_length=120)),
                ('email', models.CharField(blank=True, max_length=254)),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('language', models.CharField(default='de', max_length=2)),
                ('vat_id', models.CharField(blank=True, max_length=20)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('erased_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='LoginFailure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email_key', models.BinaryField(db_index=True)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.CreateModel(
            name='LoginRequest',
            fields=[
                ('id', models.UUIDField(default=kontor.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('sign_up', 'Sign up'), ('reset', 'New password')], max_length=8)),
                ('party_id', models.UUIDField()),
                ('email', models.CharField(max_length=254)),
                ('given_name', models.CharField(blank=True, max_length=80)),
                ('family_name', models.CharField(blank=True, max_length=80)),
                ('language', models.CharField(default='de', max_length=2)),
                ('salt', models.BinaryField(null=True)),
                ('verifier', models.BinaryField(null=True)),
                ('requested_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('token_hash', models.BinaryField(null=True)),
                ('expires_at', models.DateTimeField(null=True)),
                ('used_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Token',
            fields=[
                ('hash', models.BinaryField(primary_key=True, serialize=False)),
                ('party_id', models.UUIDField(db_index=True)),
                ('kind', models.CharField(choices=[('visit', 'Visit'), ('session', 'Logged in'), ('link', 'Mailed link')], max_length=8)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('expires_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Login',
            fields=[
                ('party', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='parties.party')),
                ('email', models.CharField(max_length=254)),
                ('salt', models.BinaryField()),
                ('verifier', models.BinaryField()),
                ('changed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.AddIndex(
            model_name='party',
            index=models.Index(django.db.models.functions.text.Lower('email'), name='parties_by_email'),
        ),
        migrations.AddIndex(
            model_name='party',
            index=models.Index(django.db.models.functions.text.Lower('family_name'), name='parties_by_family_name'),
        ),
        migrations.AddField(
            model_name='address',
            name='party',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='addresses', to='parties.party'),
        ),
        migrations.AddConstraint(
            model_name='loginrequest',
            constraint=models.UniqueConstraint(fields=('token_hash',), name='a_mailed_link_is_unique'),
        ),
        migrations.AddConstraint(
            model_name='login',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='a_customer_email_has_one_login'),
        ),
    ]
