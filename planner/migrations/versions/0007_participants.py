"""Participants: their agendas, and those who registered.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None

_KEPT = {'table_kwargs': {'sqlite_autoincrement': True}}
_LIMITS = (
    "changeover_minutes >= 0 AND site_changeover_minutes >= 0 "
    "AND most_sessions_a_day > 0 AND interpreter_minutes_a_day > 0 "
    "AND interpreter_minutes_alone > 0 AND turn_minutes > 0"
)

_KINDS = "'invitation', 'reset', 'password', 'second_factor', 'schedule', 'link', 'reminder'"
_OF_PARTICIPANTS = "'confirming', 'registration', 'moved_up', 'called_off'"


def _recipient(*columns: str) -> str:
    told = (f"(CASE WHEN {column} IS NULL THEN 0 ELSE 1 END)" for column in columns)
    return f"{' + '.join(told)} = 1"


def upgrade() -> None:
    with op.batch_alter_table('event', **_KEPT) as batch:
        batch.add_column(sa.Column('registration_places', sa.Integer(), nullable=True))
        batch.add_column(sa.Column('participants_kept_until', sa.Date(), nullable=True))
        batch.add_column(sa.Column('may_be_embedded', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch.drop_constraint(op.f('ck_event_limits'), type_='check')
        batch.create_check_constraint(
            op.f('ck_event_limits'),
            f'{_LIMITS} AND (registration_places IS NULL OR registration_places > 0)',
        )

    op.create_table('agenda',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event', sa.String(length=64), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('shared_digest', sa.String(length=64), nullable=False),
    sa.Column('language', sa.String(length=16), nullable=False),
    sa.Column('touched_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['event'], ['event.slug'], name=op.f('fk_agenda_event_event'), onupdate='CASCADE', ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agenda')),
    sa.UniqueConstraint('digest', name=op.f('uq_agenda_digest')),
    sa.UniqueConstraint('shared_digest', name=op.f('uq_agenda_shared_digest')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_agenda_event', 'agenda', ['event'], unique=False)
    op.create_table('agenda_star',
    sa.Column('agenda_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=12), nullable=False),
    sa.Column('seen', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['agenda_id'], ['agenda.id'], name=op.f('fk_agenda_star_agenda_id_agenda'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('agenda_id', 'code', name=op.f('pk_agenda_star'))
    )
    op.create_index('ix_agenda_star_code', 'agenda_star', ['code'], unique=False)

    op.create_table('principles',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('texts', sa.JSON(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_principles_event_id_event'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_principles')),
    sa.UniqueConstraint('event_id', 'digest', name=op.f('uq_principles_event_id_digest')),
    sqlite_autoincrement=True
    )
    op.create_table('participant',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('standing', sa.Enum('unconfirmed', 'registered', 'waiting', 'cancelled', name='standing', native_enum=False, create_constraint=True, length=16), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('organisation', sa.String(length=200), nullable=False),
    sa.Column('languages', sa.JSON(), nullable=False),
    sa.Column('interpretation', sa.JSON(), nullable=False),
    sa.Column('access_needs', sa.Text(), nullable=False),
    sa.Column('language', sa.String(length=16), nullable=False),
    sa.Column('nonce', sa.String(length=43), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('principles_id', sa.Integer(), nullable=False),
    sa.Column('consented_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('position', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("standing IN ('unconfirmed', 'cancelled') OR (confirmed_at IS NOT NULL AND position IS NOT NULL)", name=op.f('ck_participant_confirmed')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_participant_event_id_event'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['principles_id'], ['principles.id'], name=op.f('fk_participant_principles_id_principles')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_participant')),
    sa.UniqueConstraint('digest', name=op.f('uq_participant_digest')),
    sa.UniqueConstraint('email', 'event_id', name=op.f('uq_participant_email_event_id')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_participant_event_id_standing', 'participant', ['event_id', 'standing'], unique=False)

    with op.batch_alter_table('outbox', **_KEPT) as batch:
        batch.add_column(sa.Column('participant_id', sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f('fk_outbox_participant_id_participant'), 'participant', ['participant_id'], ['id'], ondelete='CASCADE')
        batch.create_index('ix_outbox_participant_id', ['participant_id'], unique=False)
        batch.drop_constraint(op.f('ck_outbox_kind'), type_='check')
        batch.create_check_constraint(op.f('ck_outbox_kind'), f"kind IN ({_KINDS}, {_OF_PARTICIPANTS})")
        batch.drop_constraint(op.f('ck_outbox_recipient'), type_='check')
        batch.create_check_constraint(op.f('ck_outbox_recipient'), _recipient('user_id', 'invitation_id', 'speaker_id', 'participant_id'))
        batch.create_check_constraint(op.f('ck_outbox_registration'), f"(kind IN ({_OF_PARTICIPANTS})) = (participant_id IS NOT NULL)")


def downgrade() -> None:
    op.execute("DELETE FROM outbox WHERE participant_id IS NOT NULL")
    with op.batch_alter_table('outbox', **_KEPT) as batch:
        batch.drop_constraint(op.f('ck_outbox_registration'), type_='check')
        batch.drop_constraint(op.f('ck_outbox_recipient'), type_='check')
        batch.create_check_constraint(op.f('ck_outbox_recipient'), _recipient('user_id', 'invitation_id', 'speaker_id'))
        batch.drop_constraint(op.f('ck_outbox_kind'), type_='check')
        batch.create_check_constraint(op.f('ck_outbox_kind'), f"kind IN ({_KINDS})")
        batch.drop_index('ix_outbox_participant_id')
        batch.drop_constraint(op.f('fk_outbox_participant_id_participant'), type_='foreignkey')
        batch.drop_column('participant_id')
    for table in ('participant', 'principles', 'agenda_star', 'agenda'):
        op.drop_table(table)
    with op.batch_alter_table('event', **_KEPT) as batch:
        batch.drop_constraint(op.f('ck_event_limits'), type_='check')
        batch.create_check_constraint(op.f('ck_event_limits'), _LIMITS)
        batch.drop_column('may_be_embedded')
        batch.drop_column('participants_kept_until')
        batch.drop_column('registration_places')
