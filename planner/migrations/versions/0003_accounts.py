"""Organizers: browsers signed in, invitations, the second factor, and outgoing mail.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

_KEPT = {'table_kwargs': {'sqlite_autoincrement': True}}
_ROLES = ('owner', 'editor', 'translator', 'viewer')
_SUBJECT = (
    "(purpose = 'reset' AND user_id IS NOT NULL AND invitation_id IS NULL)"
    " OR (purpose = 'invitation' AND user_id IS NULL AND invitation_id IS NOT NULL)"
)


def _closed(name: str, *members: str) -> sa.Enum:
    return sa.Enum(*members, name=name, native_enum=False, create_constraint=True, length=16)


def upgrade() -> None:
    with op.batch_alter_table('user', **_KEPT) as batch:
        batch.add_column(sa.Column('totp_secret', sa.Text(), nullable=True))
        batch.add_column(sa.Column('totp_step', sa.Integer(), nullable=True))
        batch.add_column(sa.Column('recovery_codes', sa.JSON(), nullable=True))
        batch.add_column(sa.Column('seen_at', sa.DateTime(timezone=True), nullable=True))
        batch.drop_column('tf_primary_method')
        batch.drop_column('tf_totp_secret')
        batch.drop_column('mf_recovery_codes')
    op.execute("""UPDATE "user" SET recovery_codes = '[]'""")
    with op.batch_alter_table('user', **_KEPT) as batch:
        batch.alter_column('recovery_codes', existing_type=sa.JSON(), nullable=False)
    with op.batch_alter_table('membership', **_KEPT) as batch:
        batch.add_column(sa.Column('version', sa.Integer(), server_default='1', nullable=False))
    op.drop_index('ix_attempt_key', 'attempt')
    op.create_index('ix_attempt_key_at', 'attempt', ['key', 'at'], unique=False)

    op.create_table('login',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('second_factor', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_login_user_id_user'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_login')),
    sa.UniqueConstraint('digest', name=op.f('uq_login_digest')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_login_user_id', 'login', ['user_id'], unique=False)

    op.create_table('invitation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(length=320), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('role', _closed('role', *_ROLES), nullable=False),
    sa.Column('languages', sa.JSON(), nullable=False),
    sa.Column('sees_names', sa.Boolean(), nullable=False),
    sa.Column('invited_by_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("name <> ''", name=op.f('ck_invitation_name')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_invitation_event_id_event'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['invited_by_id'], ['user.id'], name=op.f('fk_invitation_invited_by_id_user'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitation')),
    sa.UniqueConstraint('event_id', 'email', name=op.f('uq_invitation_event_id_email')),
    sqlite_autoincrement=True
    )

    # Links that were given out before lead to pages that are no more.
    op.drop_table('account_link')
    op.create_table('account_link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('purpose', _closed('purpose', 'invitation', 'reset'), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('invitation_id', sa.Integer(), nullable=True),
    sa.Column('mailed', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint(_SUBJECT, name=op.f('ck_account_link_subject')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_account_link_user_id_user'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['invitation_id'], ['invitation.id'], name=op.f('fk_account_link_invitation_id_invitation'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account_link')),
    sa.UniqueConstraint('digest', name=op.f('uq_account_link_digest'))
    )
    op.create_index('ix_account_link_user_id', 'account_link', ['user_id'], unique=False)
    op.create_index('ix_account_link_invitation_id', 'account_link', ['invitation_id'], unique=False)

    op.create_table('outbox',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', _closed('kind', 'invitation', 'reset', 'password', 'second_factor'), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('invitation_id', sa.Integer(), nullable=True),
    sa.Column('language', sa.String(length=16), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('last_error', sa.Text(), nullable=True),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('(user_id IS NULL) <> (invitation_id IS NULL)', name=op.f('ck_outbox_recipient')),
    sa.CheckConstraint("(kind = 'invitation') = (invitation_id IS NOT NULL)", name=op.f('ck_outbox_subject')),
    sa.CheckConstraint('sent_at IS NULL OR due_at IS NULL', name=op.f('ck_outbox_sent')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_outbox_user_id_user'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['invitation_id'], ['invitation.id'], name=op.f('fk_outbox_invitation_id_invitation'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_outbox_user_id', 'outbox', ['user_id'], unique=False)
    op.create_index('ix_outbox_invitation_id', 'outbox', ['invitation_id'], unique=False)
    op.create_index('ix_outbox_due_at', 'outbox', ['due_at'], unique=False)


def downgrade() -> None:
    op.drop_table('outbox')
    op.drop_table('account_link')
    op.drop_table('invitation')
    op.drop_table('login')
    op.create_table('account_link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('purpose', _closed('purpose', 'invitation', 'reset'), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_account_link_user_id_user'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account_link')),
    sa.UniqueConstraint('digest', name=op.f('uq_account_link_digest'))
    )
    op.create_index('ix_account_link_user_id', 'account_link', ['user_id'], unique=False)
    op.drop_index('ix_attempt_key_at', 'attempt')
    op.create_index('ix_attempt_key', 'attempt', ['key'], unique=False)
    with op.batch_alter_table('membership', **_KEPT) as batch:
        batch.drop_column('version')
    with op.batch_alter_table('user', **_KEPT) as batch:
        batch.add_column(sa.Column('tf_primary_method', sa.String(length=64), nullable=True))
        batch.add_column(sa.Column('tf_totp_secret', sa.Text(), nullable=True))
        batch.add_column(sa.Column('mf_recovery_codes', sa.JSON(none_as_null=True), nullable=True))
        batch.drop_column('seen_at')
        batch.drop_column('recovery_codes')
        batch.drop_column('totp_step')
        batch.drop_column('totp_secret')
