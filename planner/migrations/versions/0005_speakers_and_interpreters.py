"""Speakers: private links, requests and proposals; interpreters: turns.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

_KEPT = {'table_kwargs': {'sqlite_autoincrement': True}}
_LIMITS = (
    "changeover_minutes >= 0 AND site_changeover_minutes >= 0 "
    "AND most_sessions_a_day > 0 AND interpreter_minutes_a_day > 0 "
    "AND interpreter_minutes_alone > 0"
)
_KINDS = "kind IN ('invitation', 'reset', 'password', 'second_factor', 'schedule')"
_KINDS_AND_LINKS = _KINDS.replace(')', ", 'link', 'reminder')")
_NO_MORE_THAN_CHOSEN = (
    "chosen_visibility IS NULL OR chosen_visibility IN ('public', visibility)"
    " OR visibility = 'withheld'"
)
_OUTCOMES = ('open', 'accepted', 'refused', 'withdrawn')


def _closed(name: str, *members: str) -> sa.Enum:
    return sa.Enum(*members, name=name, native_enum=False, create_constraint=True, length=16)


def _of_speaker(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(['speaker_id'], ['speaker.id'], name=op.f(f'fk_{table}_speaker_id_speaker'), ondelete='CASCADE')


def _of_session(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(['session_id'], ['session.id'], name=op.f(f'fk_{table}_session_id_session'), ondelete='CASCADE')


def upgrade() -> None:
    with op.batch_alter_table('event', **_KEPT) as batch:
        batch.add_column(sa.Column('shows_plan', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch.add_column(sa.Column('takes_texts', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch.add_column(sa.Column('turn_minutes', sa.Integer(), server_default='30', nullable=False))
        batch.drop_constraint(op.f('ck_event_limits'), type_='check')
        batch.create_check_constraint(op.f('ck_event_limits'), f'{_LIMITS} AND turn_minutes > 0')
    with op.batch_alter_table('session', **_KEPT) as batch:
        batch.add_column(sa.Column('speakers_note', sa.Text(), server_default=sa.text("''"), nullable=False))
        batch.add_column(sa.Column('equipment', sa.Text(), server_default=sa.text("''"), nullable=False))
    with op.batch_alter_table('speaker', **_KEPT) as batch:
        batch.add_column(sa.Column('free_note', sa.Text(), server_default=sa.text("''"), nullable=False))
        batch.add_column(sa.Column('chosen_visibility', sa.String(length=16), nullable=True))
        batch.create_check_constraint(op.f('ck_speaker_chosen_visibility'), "chosen_visibility IN ('public', 'pseudonym', 'withheld')")
        batch.create_check_constraint(op.f('ck_speaker_no_more_than_chosen'), _NO_MORE_THAN_CHOSEN)
    with op.batch_alter_table('session_speaker') as batch:
        batch.add_column(sa.Column('answered_for', sa.String(length=120), server_default=sa.text("''"), nullable=False))

    with op.batch_alter_table('outbox', **_KEPT) as batch:
        batch.drop_constraint(op.f('ck_outbox_kind'), type_='check')
        batch.create_check_constraint(op.f('ck_outbox_kind'), _KINDS_AND_LINKS)

    op.create_table('interpreting_turn',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('speaker_id', sa.Integer(), nullable=False),
    sa.Column('into', sa.String(length=16), nullable=False),
    sa.Column('spoken', sa.String(length=16), nullable=False),
    sa.Column('begins', sa.Integer(), nullable=False),
    sa.Column('ends', sa.Integer(), nullable=False),
    sa.CheckConstraint('begins >= 0 AND ends > begins', name=op.f('ck_interpreting_turn_order')),
    sa.CheckConstraint('"into" <> spoken', name=op.f('ck_interpreting_turn_pair')),
    _of_session('interpreting_turn'),
    _of_speaker('interpreting_turn'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_interpreting_turn')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_interpreting_turn_session_id', 'interpreting_turn', ['session_id'], unique=False)
    op.create_index('ix_interpreting_turn_speaker_id', 'interpreting_turn', ['speaker_id'], unique=False)

    op.create_table('speaker_link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('speaker_id', sa.Integer(), nullable=False),
    sa.Column('opens', _closed('opens', 'page', 'calendar'), nullable=False),
    sa.Column('nonce', sa.String(length=43), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    _of_speaker('speaker_link'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_speaker_link')),
    sa.UniqueConstraint('digest', name=op.f('uq_speaker_link_digest')),
    sa.UniqueConstraint('speaker_id', 'opens', name=op.f('uq_speaker_link_speaker_id_opens')),
    sqlite_autoincrement=True
    )

    op.create_table('speaker_seen',
    sa.Column('speaker_id', sa.Integer(), nullable=False),
    sa.Column('session_code', sa.String(length=12), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    _of_speaker('speaker_seen'),
    sa.PrimaryKeyConstraint('speaker_id', 'session_code', name=op.f('pk_speaker_seen'))
    )

    for table in ('speaker_request', 'speaker_proposal'):
        is_request = table == 'speaker_request'
        kind = (
            [
                sa.Column('wish', _closed('wish', 'hour', 'length', 'equipment', 'interpretation', 'co_speaker', 'other', 'erasure'), nullable=False),
                sa.Column('text', sa.Text(), nullable=False),
            ]
            if is_request
            else [
                sa.Column('base', sa.JSON(), nullable=False),
                sa.Column('content', sa.JSON(), nullable=False),
                sa.Column('taken', sa.JSON(), nullable=False),
            ]
        )
        op.create_table(table,
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('event_id', sa.Integer(), nullable=False),
        sa.Column('speaker_id', sa.Integer(), nullable=False),
        sa.Column('session_id', sa.Integer(), nullable=True),
        *kind,
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('outcome', _closed('outcome' if is_request else 'proposal_outcome', *_OUTCOMES), nullable=False),
        sa.Column('answer', sa.Text(), nullable=False),
        sa.Column('answered_by_id', sa.Integer(), nullable=True),
        sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f(f'fk_{table}_event_id_event'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['answered_by_id'], ['user.id'], name=op.f(f'fk_{table}_answered_by_id_user'), ondelete='SET NULL'),
        _of_speaker(table),
        _of_session(table),
        sa.PrimaryKeyConstraint('id', name=op.f(f'pk_{table}')),
        sqlite_autoincrement=True
        )
        op.create_index(f'ix_{table}_speaker_id', table, ['speaker_id'], unique=False)
        op.create_index(f'ix_{table}_session_id', table, ['session_id'], unique=False)
        op.create_index(f'ix_{table}_event_id_outcome', table, ['event_id', 'outcome'], unique=False)


def downgrade() -> None:
    op.execute("DELETE FROM outbox WHERE kind IN ('link', 'reminder')")
    with op.batch_alter_table('outbox', **_KEPT) as batch:
        batch.drop_constraint(op.f('ck_outbox_kind'), type_='check')
        batch.create_check_constraint(op.f('ck_outbox_kind'), _KINDS)
    for table in ('speaker_proposal', 'speaker_request', 'speaker_seen', 'speaker_link', 'interpreting_turn'):
        op.drop_table(table)
    with op.batch_alter_table('session_speaker') as batch:
        batch.drop_column('answered_for')
    with op.batch_alter_table('speaker', **_KEPT) as batch:
        batch.drop_constraint(op.f('ck_speaker_no_more_than_chosen'), type_='check')
        batch.drop_constraint(op.f('ck_speaker_chosen_visibility'), type_='check')
        batch.drop_column('chosen_visibility')
        batch.drop_column('free_note')
    with op.batch_alter_table('session', **_KEPT) as batch:
        batch.drop_column('equipment')
        batch.drop_column('speakers_note')
    with op.batch_alter_table('event', **_KEPT) as batch:
        batch.drop_constraint(op.f('ck_event_limits'), type_='check')
        batch.create_check_constraint(op.f('ck_event_limits'), _LIMITS)
        batch.drop_column('turn_minutes')
        batch.drop_column('takes_texts')
        batch.drop_column('shows_plan')
