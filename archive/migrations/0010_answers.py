

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0009_records'),
    ]

    operations = [
        migrations.CreateModel(
            name='NameAnswers',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=300)),
                ('accepted', models.PositiveIntegerField(default=0)),
                ('refused', models.PositiveIntegerField(default=0)),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='name_answers', to='archive.actor')),
            ],
            options={
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('actor', 'key'), name='archive_name_answers_once')],
            },
        ),
        migrations.CreateModel(
            name='RefusedProposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(max_length=10)),
                ('value', models.CharField(max_length=300)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='refused_proposals', to='archive.article')),
            ],
            options={
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('article', 'field', 'value'), name='archive_refusal_once')],
            },
        ),
    ]
