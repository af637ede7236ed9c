# Whom a borough's, an office's or a prison's post reaches, without reading the whole table.

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_search'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='address',
            index=models.Index(fields=['borough', 'person'], name='residents_of_a_borough'),
        ),
        migrations.AddIndex(
            model_name='custodyspell',
            index=models.Index(fields=['prison', 'person'], name='people_of_a_prison'),
        ),
        migrations.AddIndex(
            model_name='supervision',
            index=models.Index(fields=['office_borough', 'person'], name='people_of_an_office'),
        ),
    ]
