"""The desk: accounts, the journal, days, availability, constraints and states of translations.

Revision ID: 0002
Revises: 0001
"""

from contextlib import AbstractContextManager

import sqlalchemy as sa
from alembic import op
from alembic.operations.base import BatchOperations

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def _rebuilt(table: str) -> AbstractContextManager[BatchOperations]:
    """Rebuild a table on SQLite, so that the number of a deleted row is never given out again.

    The journal can put a row back only where no other took its number.
    """
    return op.batch_alter_table(
        table,
        recreate='always' if op.get_bind().dialect.name == 'sqlite' else 'auto',
        table_kwargs={'sqlite_autoincrement': True},
    )


def upgrade() -> None:
    op.create_table('attempt',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attempt'))
    )
    op.create_index('ix_attempt_at', 'attempt', ['at'], unique=False)
    op.create_index('ix_attempt_key', 'attempt', ['key'], unique=False)

    op.create_table('user',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(length=320), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('password', sa.Text(), nullable=True),
    sa.Column('active', sa.Boolean(), server_default=sa.true(), nullable=False),
    sa.Column('fs_uniquifier', sa.String(length=64), nullable=False),
    sa.Column('language', sa.String(length=16), nullable=True),
    sa.Column('tf_primary_method', sa.String(length=64), nullable=True),
    sa.Column('tf_totp_secret', sa.Text(), nullable=True),
    sa.Column('mf_recovery_codes', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_user')),
    sa.UniqueConstraint('email', name=op.f('uq_user_email')),
    sa.UniqueConstraint('fs_uniquifier', name=op.f('uq_user_fs_uniquifier')),
    sqlite_autoincrement=True
    )
    op.create_table('account_link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('purpose', sa.Enum('invitation', 'reset', name='purpose', native_enum=False, create_constraint=True, length=16), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_account_link_user_id_user'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account_link')),
    sa.UniqueConstraint('digest', name=op.f('uq_account_link_digest'))
    )
    op.create_index('ix_account_link_user_id', 'account_link', ['user_id'], unique=False)

    op.create_table('acknowledgement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('conflict', sa.String(length=200), nullable=False),
    sa.Column('facts', sa.String(length=64), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("reason <> ''", name=op.f('ck_acknowledgement_reason')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_acknowledgement_event_id_event'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_acknowledgement_user_id_user'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_acknowledgement')),
    sa.UniqueConstraint('event_id', 'conflict', name=op.f('uq_acknowledgement_event_id_conflict')),
    sqlite_autoincrement=True
    )
    op.create_table('day',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('date', sa.Date(), nullable=False),
    sa.Column('name', sa.JSON(), nullable=False),
    sa.Column('day_from', sa.Integer(), nullable=False),
    sa.Column('day_to', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('day_from >= 0 AND day_from < 1440', name=op.f('ck_day_day_from')),
    sa.CheckConstraint('day_to > day_from AND day_to <= day_from + 1440', name=op.f('ck_day_day_to')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_day_event_id_event'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_day')),
    sa.UniqueConstraint('event_id', 'date', name=op.f('uq_day_event_id_date')),
    sqlite_autoincrement=True
    )
    op.create_table('journal_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('way', sa.Enum('do', 'undo', 'redo', name='way', native_enum=False, create_constraint=True, length=16), nullable=False),
    sa.Column('action', sa.String(length=64), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('of_id', sa.Integer(), nullable=True),
    sa.Column('undone_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_journal_entry_event_id_event'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['of_id'], ['journal_entry.id'], name=op.f('fk_journal_entry_of_id_journal_entry'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['undone_by_id'], ['journal_entry.id'], name=op.f('fk_journal_entry_undone_by_id_journal_entry'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_journal_entry_user_id_user'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_journal_entry')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_journal_entry_event_id_id', 'journal_entry', ['event_id', 'id'], unique=False)

    op.create_table('label_state',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('subject', sa.String(length=40), nullable=False),
    sa.Column('field', sa.String(length=40), nullable=False),
    sa.Column('lang', sa.String(length=16), nullable=False),
    sa.Column('state', sa.Enum('missing', 'machine', 'draft', 'reviewed', name='text_state', native_enum=False, create_constraint=True, length=16), nullable=False),
    sa.Column('source_digest', sa.String(length=64), nullable=True),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_label_state_event_id_event'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_label_state')),
    sa.UniqueConstraint('event_id', 'subject', 'field', 'lang', name=op.f('uq_label_state_event_id_subject_field_lang')),
    sqlite_autoincrement=True
    )
    op.create_table('membership',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.Enum('owner', 'editor', 'translator', 'viewer', name='role', native_enum=False, create_constraint=True, length=16), nullable=False),
    sa.Column('languages', sa.JSON(), nullable=False),
    sa.Column('sees_names', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_membership_event_id_event'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_membership_user_id_user'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_membership')),
    sa.UniqueConstraint('event_id', 'user_id', name=op.f('uq_membership_event_id_user_id')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_membership_user_id', 'membership', ['user_id'], unique=False)

    op.create_table('presence',
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_presence_event_id_event'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_presence_user_id_user'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('event_id', 'user_id', name=op.f('pk_presence'))
    )
    op.create_table('availability',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('speaker_id', sa.Integer(), nullable=False),
    sa.Column('starts_at', sa.DateTime(), nullable=False),
    sa.Column('ends_at', sa.DateTime(), nullable=False),
    sa.CheckConstraint('ends_at > starts_at', name=op.f('ck_availability_order')),
    sa.ForeignKeyConstraint(['speaker_id'], ['speaker.id'], name=op.f('fk_availability_speaker_id_speaker'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_availability')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_availability_speaker_id', 'availability', ['speaker_id'], unique=False)

    op.create_table('journal_row',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('table_name', sa.String(length=40), nullable=False),
    sa.Column('key', sa.JSON(), nullable=False),
    sa.Column('subject', sa.String(length=40), nullable=False),
    sa.Column('also', sa.String(length=40), nullable=True),
    sa.Column('before', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('after', sa.JSON(none_as_null=True), nullable=True),
    sa.ForeignKeyConstraint(['entry_id'], ['journal_entry.id'], name=op.f('fk_journal_row_entry_id_journal_entry'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_journal_row')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_journal_row_entry_id', 'journal_row', ['entry_id'], unique=False)
    op.create_index('ix_journal_row_also', 'journal_row', ['also'], unique=False)
    op.create_index('ix_journal_row_subject', 'journal_row', ['subject'], unique=False)

    op.create_table('session_constraint',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('relation', sa.Enum('before', 'apart', 'same_room', name='relation', native_enum=False, create_constraint=True, length=16), nullable=False),
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('other_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('session_id <> other_id', name=op.f('ck_session_constraint_two_sessions')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_session_constraint_event_id_event'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['other_id'], ['session.id'], name=op.f('fk_session_constraint_other_id_session'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['session_id'], ['session.id'], name=op.f('fk_session_constraint_session_id_session'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_session_constraint')),
    sa.UniqueConstraint('relation', 'session_id', 'other_id', name=op.f('uq_session_constraint_relation_session_id_other_id')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_session_constraint_other_id', 'session_constraint', ['other_id'], unique=False)
    op.create_index('ix_session_constraint_session_id', 'session_constraint', ['session_id'], unique=False)

    with _rebuilt('event') as batch:
        batch.add_column(sa.Column('changeover_minutes', sa.Integer(), server_default='10', nullable=False))
        batch.add_column(sa.Column('site_changeover_minutes', sa.Integer(), server_default='30', nullable=False))
        batch.add_column(sa.Column('most_sessions_a_day', sa.Integer(), server_default='4', nullable=False))
        batch.add_column(sa.Column('interpreter_minutes_a_day', sa.Integer(), server_default='240', nullable=False))
        batch.add_column(sa.Column('interpreter_minutes_alone', sa.Integer(), server_default='30', nullable=False))
        batch.add_column(sa.Column('requires_second_factor', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch.create_check_constraint(
            op.f('ck_event_limits'),
            'changeover_minutes >= 0 AND site_changeover_minutes >= 0 AND most_sessions_a_day > 0 '
            'AND interpreter_minutes_a_day > 0 AND interpreter_minutes_alone > 0',
        )
    with _rebuilt('room') as batch:
        batch.add_column(sa.Column('site', sa.String(length=100), server_default=sa.text("''"), nullable=False))
        batch.add_column(sa.Column('version', sa.Integer(), server_default='1', nullable=False))
    with _rebuilt('theme') as batch:
        batch.add_column(sa.Column('version', sa.Integer(), server_default='1', nullable=False))
    with _rebuilt('session') as batch:
        batch.add_column(sa.Column('pinned', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch.add_column(sa.Column('needs_step_free', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch.add_column(sa.Column('remark', sa.Text(), server_default=sa.text("''"), nullable=False))
    op.add_column('session_text', sa.Column('source_digest', sa.String(length=64), nullable=True))
    with _rebuilt('speaker') as batch:
        batch.add_column(sa.Column('number', sa.Integer(), nullable=True))
        batch.add_column(sa.Column('original_language', sa.String(length=16), nullable=True))
        batch.add_column(sa.Column('remark', sa.Text(), server_default=sa.text("''"), nullable=False))
    # Everybody who is there gets a number, in the order in which they came.
    op.execute(
        'UPDATE speaker SET number = (SELECT count(*) FROM speaker AS other '
        'WHERE other.event_id = speaker.event_id AND other.id <= speaker.id)'
    )
    with op.batch_alter_table('speaker', table_kwargs={'sqlite_autoincrement': True}) as batch:
        batch.alter_column('number', existing_type=sa.Integer(), nullable=False)
        batch.create_unique_constraint(op.f('uq_speaker_event_id_number'), ['event_id', 'number'])
    with op.batch_alter_table('speaker_text') as batch:
        batch.add_column(sa.Column('state', sa.Enum('missing', 'machine', 'draft', 'reviewed', name='text_state', native_enum=False, create_constraint=True, length=16), server_default='draft', nullable=False))
        batch.add_column(sa.Column('source_digest', sa.String(length=64), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('speaker_text') as batch:
        batch.drop_constraint(op.f('ck_speaker_text_text_state'), type_='check')
        batch.drop_column('source_digest')
        batch.drop_column('state')
    with op.batch_alter_table('speaker') as batch:
        batch.drop_constraint(op.f('uq_speaker_event_id_number'), type_='unique')
        batch.drop_column('remark')
        batch.drop_column('original_language')
        batch.drop_column('number')
    with op.batch_alter_table('session_text') as batch:
        batch.drop_column('source_digest')
    with op.batch_alter_table('session') as batch:
        batch.drop_column('remark')
        batch.drop_column('needs_step_free')
        batch.drop_column('pinned')
    with op.batch_alter_table('theme') as batch:
        batch.drop_column('version')
    with op.batch_alter_table('room') as batch:
        batch.drop_column('version')
        batch.drop_column('site')
    with op.batch_alter_table('event') as batch:
        batch.drop_constraint(op.f('ck_event_limits'), type_='check')
        batch.drop_column('requires_second_factor')
        batch.drop_column('interpreter_minutes_alone')
        batch.drop_column('interpreter_minutes_a_day')
        batch.drop_column('most_sessions_a_day')
        batch.drop_column('site_changeover_minutes')
        batch.drop_column('changeover_minutes')
    op.drop_table('session_constraint')
    op.drop_table('journal_row')
    op.drop_table('availability')
    op.drop_table('presence')
    op.drop_table('membership')
    op.drop_table('label_state')
    op.drop_table('journal_entry')
    op.drop_table('day')
    op.drop_table('acknowledgement')
    op.drop_table('account_link')
    op.drop_table('user')
    op.drop_table('attempt')
