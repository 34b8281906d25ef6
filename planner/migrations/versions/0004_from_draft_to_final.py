"""From draft to final: what binds, releases that wait, and letters to speakers.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

_KEPT = {'table_kwargs': {'sqlite_autoincrement': True}}
_KINDS = ('invitation', 'reset', 'password', 'second_factor')
_ONE_RECIPIENT = (
    "(CASE WHEN user_id IS NULL THEN 0 ELSE 1 END)"
    " + (CASE WHEN invitation_id IS NULL THEN 0 ELSE 1 END)"
    " + (CASE WHEN speaker_id IS NULL THEN 0 ELSE 1 END) = 1"
)


def _closed(name: str, *members: str) -> sa.Enum:
    return sa.Enum(*members, name=name, native_enum=False, create_constraint=False, length=16)


def _one_of(column: str, *members: str) -> str:
    return f"{column} IN ({', '.join(repr(member) for member in members)})"


def upgrade() -> None:
    with op.batch_alter_table('event', **_KEPT) as batch:
        batch.add_column(sa.Column('binding', sa.JSON(), nullable=True))
        batch.add_column(sa.Column('reviews_texts', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.execute("UPDATE event SET binding = '[]'")
    with op.batch_alter_table('event', **_KEPT) as batch:
        batch.alter_column('binding', existing_type=sa.JSON(), nullable=False)

    with op.batch_alter_table('journal_entry', **_KEPT) as batch:
        batch.add_column(sa.Column('is_lasting', sa.Boolean(), server_default=sa.false(), nullable=False))

    origins = ('plan', 'correction', 'taken_back', 'removal')
    with op.batch_alter_table('release') as batch:
        batch.add_column(sa.Column('origin', _closed('origin', *origins), server_default='plan', nullable=False))
        batch.add_column(sa.Column('of_number', sa.Integer(), nullable=True))
        batch.add_column(sa.Column('overridden', sa.JSON(), nullable=True))
        batch.create_check_constraint(op.f('ck_release_origin'), _one_of('origin', *origins))
    op.execute("UPDATE release SET overridden = '[]'")
    with op.batch_alter_table('release') as batch:
        batch.alter_column('overridden', existing_type=sa.JSON(), nullable=False)

    op.create_table('scheduled_release',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('publish_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('stage', sa.Enum('draft', 'final', name='stage', native_enum=False, create_constraint=True, length=16), nullable=False),
    sa.Column('note', sa.JSON(), nullable=False),
    sa.Column('is_latest', sa.Boolean(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=True),
    sa.Column('after_number', sa.Integer(), nullable=False),
    sa.Column('overridden', sa.JSON(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.Enum('waiting', 'published', 'missed', 'withdrawn', name='appointment', native_enum=False, create_constraint=True, length=16), nullable=False),
    sa.Column('missed', sa.JSON(), nullable=True),
    sa.Column('release_number', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_scheduled_release_event_id_event'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_scheduled_release_user_id_user'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_scheduled_release')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_scheduled_release_event_id', 'scheduled_release', ['event_id'], unique=False)

    op.create_table('told',
    sa.Column('speaker_id', sa.Integer(), nullable=False),
    sa.Column('session_code', sa.String(length=12), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('is_cancelled', sa.Boolean(), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['speaker_id'], ['speaker.id'], name=op.f('fk_told_speaker_id_speaker'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('speaker_id', 'session_code', name=op.f('pk_told'))
    )

    with op.batch_alter_table('outbox', **_KEPT) as batch:
        batch.drop_constraint(op.f('ck_outbox_kind'), type_='check')
        batch.drop_constraint(op.f('ck_outbox_recipient'), type_='check')
        batch.add_column(sa.Column('speaker_id', sa.Integer(), nullable=True))
        batch.add_column(sa.Column('release_id', sa.Integer(), nullable=True))
        batch.add_column(sa.Column('subject', sa.Text(), nullable=True))
        batch.add_column(sa.Column('text', sa.Text(), nullable=True))
        batch.add_column(sa.Column('invitations', sa.JSON(), nullable=True))
        batch.add_column(sa.Column('is_held', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch.add_column(sa.Column('claimed_at', sa.DateTime(timezone=True), nullable=True))
        batch.create_foreign_key(op.f('fk_outbox_speaker_id_speaker'), 'speaker', ['speaker_id'], ['id'], ondelete='CASCADE')
        batch.create_foreign_key(op.f('fk_outbox_release_id_release'), 'release', ['release_id'], ['id'], ondelete='CASCADE')
        batch.create_check_constraint(op.f('ck_outbox_kind'), _one_of('kind', *_KINDS, 'schedule'))
        batch.create_check_constraint(op.f('ck_outbox_recipient'), _ONE_RECIPIENT)
        batch.create_check_constraint(
            op.f('ck_outbox_letter'),
            "(kind = 'schedule') = (speaker_id IS NOT NULL AND text IS NOT NULL)",
        )
        batch.create_check_constraint(op.f('ck_outbox_held'), 'NOT is_held OR due_at IS NULL')
    op.create_index('ix_outbox_speaker_id', 'outbox', ['speaker_id'], unique=False)
    op.create_index('ix_outbox_release_id', 'outbox', ['release_id'], unique=False)
    op.create_index('ix_outbox_claimed_at', 'outbox', ['claimed_at'], unique=False)


def downgrade() -> None:
    op.execute("DELETE FROM outbox WHERE kind = 'schedule'")
    op.drop_index('ix_outbox_speaker_id', 'outbox')
    op.drop_index('ix_outbox_release_id', 'outbox')
    op.drop_index('ix_outbox_claimed_at', 'outbox')
    with op.batch_alter_table('outbox', **_KEPT) as batch:
        for name in ('kind', 'recipient', 'letter', 'held'):
            batch.drop_constraint(op.f(f'ck_outbox_{name}'), type_='check')
        batch.drop_constraint(op.f('fk_outbox_speaker_id_speaker'), type_='foreignkey')
        batch.drop_constraint(op.f('fk_outbox_release_id_release'), type_='foreignkey')
        for name in ('speaker_id', 'release_id', 'subject', 'text', 'invitations', 'is_held', 'claimed_at'):
            batch.drop_column(name)
        batch.create_check_constraint(op.f('ck_outbox_kind'), _one_of('kind', *_KINDS))
        batch.create_check_constraint(
            op.f('ck_outbox_recipient'), '(user_id IS NULL) <> (invitation_id IS NULL)'
        )
    op.drop_table('told')
    op.drop_index('ix_scheduled_release_event_id', 'scheduled_release')
    op.drop_table('scheduled_release')
    with op.batch_alter_table('release') as batch:
        batch.drop_constraint(op.f('ck_release_origin'), type_='check')
        for name in ('overridden', 'of_number', 'origin'):
            batch.drop_column(name)
    with op.batch_alter_table('journal_entry', **_KEPT) as batch:
        batch.drop_column('is_lasting')
    with op.batch_alter_table('event', **_KEPT) as batch:
        batch.drop_column('reviews_texts')
        batch.drop_column('binding')
