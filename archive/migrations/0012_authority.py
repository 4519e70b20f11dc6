

import archive.models.actor
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0011_imports'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='actoralias',
            name='began',
            field=models.CharField(blank=True, max_length=10, validators=[archive.models.actor.validate_partial_date], verbose_name='in use from'),
        ),
        migrations.AddField(
            model_name='actoralias',
            name='ended',
            field=models.CharField(blank=True, max_length=10, validators=[archive.models.actor.validate_partial_date], verbose_name='in use until'),
        ),
        migrations.AddField(
            model_name='actoralias',
            name='kind',
            field=models.CharField(blank=True, choices=[('', 'not stated'), ('kunya', 'kunya'), ('pen_name', 'pen name'), ('epithet', 'epithet'), ('acronym', 'acronym'), ('former', 'former name'), ('transliteration', 'transliteration'), ('translation', 'translation'), ('misspelling', 'misspelling')], default='', max_length=20, verbose_name='kind of name'),
        ),
        migrations.AddField(
            model_name='article',
            name='withdrawn_reason',
            field=models.CharField(blank=True, max_length=500, verbose_name='reason for the withdrawal'),
        ),
        migrations.AlterField(
            model_name='article',
            name='status',
            field=models.CharField(choices=[('draft', 'draft'), ('review', 'for review'), ('published', 'published'), ('withdrawn', 'withdrawn'), ('trash', 'in the trash')], default='published', max_length=10, verbose_name='status'),
        ),
        migrations.CreateModel(
            name='ActorMerge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=100, unique=True)),
                ('name', models.CharField(max_length=300)),
                ('before', models.JSONField()),
                ('merged_at', models.DateTimeField(auto_now_add=True)),
                ('kept', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='merges', to='archive.actor')),
                ('merged_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-merged_at', '-pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='ActorRelation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('member', 'member of'), ('leader', 'leader of'), ('founder', 'founder of'), ('spokesperson', 'speaks for'), ('part', 'part of'), ('successor', 'successor of'), ('ally', 'ally of'), ('opponent', 'opponent of'), ('relative', 'relative of'), ('seat', 'has its seat in'), ('other', 'otherwise related to')], max_length=20, verbose_name='relation')),
                ('began', models.CharField(blank=True, max_length=10, validators=[archive.models.actor.validate_partial_date], verbose_name='from')),
                ('ended', models.CharField(blank=True, max_length=10, validators=[archive.models.actor.validate_partial_date], verbose_name='until')),
                ('certainty', models.CharField(choices=[('certain', 'certain'), ('probable', 'probable'), ('disputed', 'disputed')], default='certain', max_length=10, verbose_name='certainty')),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='relations', to='archive.actor', verbose_name='actor')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='relations_to', to='archive.actor', verbose_name='other actor')),
            ],
            options={
                'verbose_name': 'relation',
                'verbose_name_plural': 'relations',
                'ordering': ['kind', 'began', 'pk'],
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('actor', 'kind', 'other', 'began'), name='archive_relation_once', violation_error_message='This relation is there already.')],
            },
        ),
    ]
