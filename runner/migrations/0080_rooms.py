import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0008_opened_hand_in'),
        ('accounts', '__first__'),
        ('runner', '0090_breakpoints'),
    ]

    operations = [
        migrations.CreateModel(
            name='Room',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('class_role', models.CharField(blank=True, choices=[('owner', 'owner'), ('editor', 'editor'), ('viewer', 'viewer')], max_length=10, verbose_name='role of the class')),
                ('epoch', models.PositiveIntegerField(default=1, verbose_name='epoch')),
                ('seq', models.PositiveBigIntegerField(default=0, verbose_name='last update')),
                ('log_bytes', models.PositiveIntegerField(default=0, verbose_name='size of the updates in bytes')),
                ('stored_seq', models.PositiveBigIntegerField(default=0, help_text='In the snippet.', verbose_name='last update that is saved')),
                ('stored_version', models.PositiveIntegerField(default=0, help_text='Of the snippet, after that.', verbose_name='saved version')),
                ('not_stored', models.CharField(blank=True, help_text='A reason code.', max_length=40, verbose_name='why it is not saved')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('changed_at', models.DateTimeField(verbose_name='changed')),
                ('classroom', models.ForeignKey(blank=True, help_text='Whose members are admitted.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='accounts.classroom', verbose_name='class')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rooms', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
                ('snippet', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='room', to='runner.snippet', verbose_name='snippet')),
            ],
            options={
                'verbose_name': 'room',
                'verbose_name_plural': 'rooms',
            },
        ),
        migrations.CreateModel(
            name='RoomInvitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('owner', 'owner'), ('editor', 'editor'), ('viewer', 'viewer')], max_length=10, verbose_name='role')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('expires_at', models.DateTimeField(verbose_name='expires')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='revoked')),
                ('room', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='runner.room', verbose_name='room')),
            ],
            options={
                'verbose_name': 'invitation',
                'verbose_name_plural': 'invitations',
            },
        ),
        migrations.CreateModel(
            name='RoomMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('owner', 'owner'), ('editor', 'editor'), ('viewer', 'viewer')], max_length=10, verbose_name='role')),
                ('joined_at', models.DateTimeField(auto_now_add=True, verbose_name='joined')),
                ('invitation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='guests', to='runner.roominvitation', verbose_name='invitation')),
                ('room', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='runner.room', verbose_name='room')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='room_memberships', to=settings.AUTH_USER_MODEL, verbose_name='user')),
            ],
            options={
                'verbose_name': 'member of a room',
                'verbose_name_plural': 'members of rooms',
                'constraints': [models.UniqueConstraint(fields=('room', 'user'), name='room_member_once')],
            },
        ),
        migrations.CreateModel(
            name='RoomUpdate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seq', models.PositiveBigIntegerField(verbose_name='number')),
                ('at', models.DateTimeField(verbose_name='written')),
                ('data', models.BinaryField(verbose_name='update')),
                ('author', models.ForeignKey(help_text='None: the server, or several.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='author')),
                ('room', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='updates', to='runner.room', verbose_name='room')),
            ],
            options={
                'verbose_name': 'update of a room',
                'verbose_name_plural': 'updates of rooms',
                'constraints': [models.UniqueConstraint(fields=('room', 'seq'), name='room_update_once')],
            },
        ),
        migrations.CreateModel(
            name='RoomLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='Of the author, then.', max_length=150, verbose_name='name')),
                ('text', models.CharField(max_length=500, verbose_name='text')),
                ('at', models.DateTimeField(verbose_name='written')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='author')),
                ('room', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='runner.room', verbose_name='room')),
            ],
            options={
                'verbose_name': 'line of a chat',
                'verbose_name_plural': 'lines of chats',
            },
        ),
        migrations.AddField(
            model_name='opensocket',
            name='room',
            field=models.ForeignKey(blank=True, db_index=False, help_text='Whose page it is, where it is one.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='runner.room', verbose_name='room'),
        ),
        migrations.AddField(
            model_name='run',
            name='room',
            field=models.ForeignKey(blank=True, db_index=False, help_text='Whose members see it.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='runs', to='runner.room', verbose_name='room'),
        ),
    ]
