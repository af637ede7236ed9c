
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0004_reach'),
        ('tagging', '0001_orders'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CrimeBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, default='', max_length=255)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('content', models.BinaryField()),
                ('form', models.CharField(blank=True, default='', max_length=10)),
                ('force', models.CharField(blank=True, default='', max_length=40)),
                ('batch_id', models.CharField(blank=True, default='', max_length=40)),
                ('status', models.CharField(blank=True, default='', max_length=12)),
                ('rows', models.PositiveIntegerField()),
                ('sent_at', models.DateTimeField()),
                ('sent_on', models.DateField()),
                ('sent_by', models.CharField(blank=True, default='', max_length=100)),
            ],
        ),
        migrations.CreateModel(
            name='Deletion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('as_at', models.DateField()),
                ('kept_days', models.PositiveIntegerField()),
                ('before', models.PositiveBigIntegerField()),
                ('to_go', models.PositiveBigIntegerField()),
                ('after', models.PositiveBigIntegerField(null=True)),
                ('left', models.PositiveBigIntegerField(null=True)),
                ('parts', models.PositiveIntegerField(default=0)),
                ('began_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('by', models.CharField(blank=True, default='', max_length=100)),
            ],
        ),
        migrations.CreateModel(
            name='MatchRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cause', models.CharField(blank=True, default='', max_length=10)),
                ('outcome', models.CharField(blank=True, default='', max_length=10)),
                ('program', models.CharField(blank=True, default='', max_length=40)),
                ('parameters', models.TextField()),
                ('inputs', models.TextField(blank=True, default='')),
                ('parts', models.TextField(blank=True, default='')),
                ('fault', models.CharField(blank=True, default='', max_length=300)),
                ('started_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField()),
                ('on', models.DateField()),
                ('by', models.CharField(blank=True, default='', max_length=100)),
            ],
        ),
        migrations.CreateModel(
            name='Crime',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('force', models.CharField(blank=True, default='', max_length=40)),
                ('reference', models.CharField(blank=True, default='', max_length=60)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('force', 'reference'), name='a_crime_of_a_force_once')],
            },
        ),
        migrations.CreateModel(
            name='CrimeVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('row', models.PositiveIntegerField()),
                ('kind', models.CharField(blank=True, default='', max_length=10)),
                ('time_from', models.DateTimeField()),
                ('time_to', models.DateTimeField()),
                ('latitude', models.FloatField(null=True)),
                ('longitude', models.FloatField(null=True)),
                ('text', models.TextField(blank=True, default='')),
                ('changed', models.CharField(blank=True, default='', max_length=100)),
                ('rerun', models.BooleanField()),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='tagging.crimebatch')),
                ('crime', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='tagging.crime')),
            ],
        ),
        migrations.CreateModel(
            name='CrimeResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(blank=True, default='', max_length=10)),
                ('reason', models.CharField(blank=True, default='', max_length=120)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='results', to='tagging.crimeversion')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='results', to='tagging.matchrun')),
            ],
        ),
        migrations.CreateModel(
            name='DeletedFixes',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fixes', models.PositiveBigIntegerField()),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tagging.order')),
                ('deletion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='tagging.deletion')),
            ],
        ),
        migrations.CreateModel(
            name='Look',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(blank=True, default='', max_length=20)),
                ('text', models.CharField(blank=True, default='', max_length=300)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('at', models.DateTimeField()),
                ('on', models.DateField()),
                ('by', models.CharField(blank=True, default='', max_length=100)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='looks', to='tagging.order')),
            ],
        ),
        migrations.CreateModel(
            name='Match',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fixes', models.PositiveIntegerField()),
                ('visits', models.PositiveIntegerField()),
                ('first_at', models.DateTimeField()),
                ('last_at', models.DateTimeField()),
                ('nearest_m', models.FloatField()),
                ('fitting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tagging.fitting')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tagging.order')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('result', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='matches', to='tagging.crimeresult')),
            ],
        ),
        migrations.CreateModel(
            name='EvidencePack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('told', models.TextField()),
                ('program', models.CharField(blank=True, default='', max_length=40)),
                ('inputs', models.CharField(blank=True, default='', max_length=64)),
                ('digest', models.CharField(blank=True, default='', max_length=64)),
                ('at', models.DateTimeField()),
                ('on', models.DateField()),
                ('by', models.CharField(blank=True, default='', max_length=100)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('match', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='packs', to='tagging.match')),
            ],
        ),
        migrations.CreateModel(
            name='MatchCharge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('charged_on', models.DateField()),
                ('offence', models.CharField(blank=True, default='', max_length=120)),
                ('reference', models.CharField(blank=True, default='', max_length=60)),
                ('at', models.DateTimeField()),
                ('on', models.DateField()),
                ('by', models.CharField(blank=True, default='', max_length=100)),
                ('taken_back_at', models.DateTimeField(null=True)),
                ('taken_back_by', models.CharField(blank=True, default='', max_length=100)),
                ('match', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='charges', to='tagging.match')),
            ],
        ),
        migrations.CreateModel(
            name='MatchReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('decision', models.CharField(blank=True, default='', max_length=12)),
                ('reason', models.CharField(blank=True, default='', max_length=500)),
                ('at', models.DateTimeField()),
                ('on', models.DateField()),
                ('by', models.CharField(blank=True, default='', max_length=100)),
                ('taken_back_at', models.DateTimeField(null=True)),
                ('taken_back_by', models.CharField(blank=True, default='', max_length=100)),
                ('match', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='tagging.match')),
            ],
        ),
        migrations.CreateModel(
            name='RowRefused',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row', models.PositiveIntegerField()),
                ('reference', models.CharField(blank=True, default='', max_length=60)),
                ('column', models.CharField(blank=True, default='', max_length=40)),
                ('value', models.CharField(blank=True, default='', max_length=200)),
                ('code', models.CharField(blank=True, default='', max_length=30)),
                ('rule', models.CharField(blank=True, default='', max_length=200)),
                ('mend', models.CharField(blank=True, default='', max_length=200)),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refusals', to='tagging.crimebatch')),
            ],
        ),
        migrations.CreateModel(
            name='UnseenTag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fitting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tagging.fitting')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('result', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='unseen', to='tagging.crimeresult')),
            ],
        ),
        migrations.AddConstraint(
            model_name='crimeversion',
            constraint=models.UniqueConstraint(fields=('crime', 'number'), name='a_version_of_a_crime_once'),
        ),
        migrations.AddConstraint(
            model_name='match',
            constraint=models.UniqueConstraint(fields=('result', 'fitting'), name='a_match_of_a_result_once'),
        ),
        migrations.AddConstraint(
            model_name='crimeresult',
            constraint=models.UniqueConstraint(fields=('run', 'version'), name='a_result_of_a_run_once'),
        ),
    ]
