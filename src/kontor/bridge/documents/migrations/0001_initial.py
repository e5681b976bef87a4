import django.db.models.deletion
import django.db.models.functions.datetime
import kontor.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.UUIDField(default=kontor.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('confirmation', 'Order confirmation'), ('invoice', 'Invoice'), ('credit_note', 'Credit note'), ('delivery_note', 'Delivery note'), ('label', 'Parcel label')], max_length=16)),
                ('number', models.CharField(max_length=40)),
                ('party_id', models.UUIDField(null=True)),
                ('subject_id', models.UUIDField(db_index=True)),
                ('template_version', models.CharField(max_length=20)),
                ('frozen', models.JSONField()),
                ('is_public', models.BooleanField(default=False)),
                ('issued_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.CreateModel(
            name='DocumentFile',
            fields=[
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='file', serialize=False, to='documents.document')),
                ('party_id', models.UUIDField(null=True)),
                ('is_public', models.BooleanField(default=False)),
                ('name', models.CharField(max_length=120)),
                ('media_type', models.CharField(max_length=80)),
                ('content', models.BinaryField()),
                ('sha256', models.BinaryField()),
                ('rendered_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('sent_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['party_id', 'issued_at'], name='documents_of_a_party'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.UniqueConstraint(fields=('kind', 'number'), name='a_document_number_is_used_once_per_kind'),
        ),
    ]
