import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('runner', '0081_runs_of_room'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='room',
            name='keeps_past',
            field=models.BooleanField(db_default=False, default=False, help_text='Those that are merged are kept to be played back.', verbose_name='keeps its updates'),
        ),
        migrations.AddField(
            model_name='room',
            name='past_bytes',
            field=models.PositiveIntegerField(db_default=0, default=0, verbose_name='size of kept updates in bytes'),
        ),
        migrations.AddField(
            model_name='run',
            name='stdin',
            field=models.TextField(blank=True, help_text='What its program reads in place of a terminal, in a test; none: a terminal.', null=True, verbose_name='standard input'),
        ),
        migrations.CreateModel(
            name='Interview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('candidate', models.CharField(blank=True, max_length=200, verbose_name='candidate')),
                ('task', models.TextField(blank=True, help_text='Markdown.', verbose_name='task')),
                ('languages', models.JSONField(verbose_name='allowed languages')),
                ('minutes', models.PositiveSmallIntegerField(help_text='0: without a timer.', verbose_name='minutes')),
                ('tests', models.JSONField(default=list, verbose_name='test cases')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='created')),
                ('started_at', models.DateTimeField(blank=True, null=True, verbose_name='started')),
                ('ends_at', models.DateTimeField(blank=True, null=True, verbose_name='ends')),
                ('notes', models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='interview_of_notes', to='runner.room', verbose_name='room of notes')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='interviews', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
                ('room', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='interview', to='runner.room', verbose_name='room')),
            ],
            options={
                'verbose_name': 'interview',
                'verbose_name_plural': 'interviews',
            },
        ),
        migrations.CreateModel(
            name='InterviewTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('task', models.TextField(blank=True, help_text='Markdown. The candidate reads it.', verbose_name='task')),
                ('notes', models.TextField(blank=True, help_text='For the interviewers. The candidate never sees them.', verbose_name='notes')),
                ('languages', models.JSONField(help_text='Ids; the first one is chosen.', verbose_name='allowed languages')),
                ('files', models.JSONField(help_text='[{path, content}] to begin with.', verbose_name='files')),
                ('minutes', models.PositiveSmallIntegerField(help_text='0: without a timer.', verbose_name='minutes')),
                ('tests', models.JSONField(default=list, verbose_name='test cases')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='changed')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='interview_templates', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
            ],
            options={
                'verbose_name': 'interview template',
                'verbose_name_plural': 'interview templates',
            },
        ),
        migrations.CreateModel(
            name='InterviewRating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('score', models.PositiveSmallIntegerField(help_text='1 to 5; 5 is the best.', verbose_name='rating')),
                ('remark', models.TextField(blank=True, verbose_name='remark')),
                ('at', models.DateTimeField(verbose_name='written')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='author')),
                ('interview', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ratings', to='runner.interview', verbose_name='interview')),
            ],
            options={
                'verbose_name': 'rating',
                'verbose_name_plural': 'ratings',
                'constraints': [models.UniqueConstraint(fields=('interview', 'author'), name='interview_rating_once'), models.CheckConstraint(condition=models.Q(('score__gte', 1), ('score__lte', 5)), name='interview_score')],
            },
        ),
        migrations.CreateModel(
            name='InterviewResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='number of the test case')),
                ('at', models.DateTimeField(verbose_name='started')),
                ('passed', models.BooleanField(help_text='None: it has not ended.', null=True, verbose_name='passed')),
                ('output', models.TextField(blank=True, verbose_name='output')),
                ('outcome', models.CharField(blank=True, max_length=30, verbose_name='outcome')),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='started by')),
                ('interview', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='results', to='runner.interview', verbose_name='interview')),
                ('run', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='runner.run', verbose_name='run')),
            ],
            options={
                'verbose_name': 'result of a test case',
                'verbose_name_plural': 'results of test cases',
                'constraints': [models.UniqueConstraint(fields=('interview', 'number'), name='interview_result_once')],
            },
        ),
        migrations.CreateModel(
            name='RoomPast',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('epoch', models.PositiveIntegerField(verbose_name='epoch')),
                ('last_seq', models.PositiveBigIntegerField(verbose_name='number of the last update')),
                ('data', models.BinaryField(verbose_name='updates')),
                ('room', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='past', to='runner.room', verbose_name='room')),
            ],
            options={
                'verbose_name': 'kept updates',
                'verbose_name_plural': 'kept updates',
                'constraints': [models.UniqueConstraint(fields=('room', 'last_seq'), name='room_past_once')],
            },
        ),
    ]
