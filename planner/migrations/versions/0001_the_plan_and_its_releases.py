"""The plan and its releases.

Revision ID: 0001
Revises: 
"""

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table('event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(length=64), nullable=False),
    sa.Column('uid_host', sa.String(length=253), nullable=False),
    sa.Column('name', sa.JSON(), nullable=False),
    sa.Column('tagline', sa.JSON(), nullable=False),
    sa.Column('call', sa.JSON(), nullable=False),
    sa.Column('notice', sa.JSON(), nullable=False),
    sa.Column('principles', sa.JSON(), nullable=False),
    sa.Column('supporters', sa.JSON(), nullable=False),
    sa.Column('partners', sa.JSON(), nullable=False),
    sa.Column('venue_name', sa.JSON(), nullable=False),
    sa.Column('venue_address', sa.JSON(), nullable=False),
    sa.Column('latitude', sa.Double(), nullable=True),
    sa.Column('longitude', sa.Double(), nullable=True),
    sa.Column('time_zone', sa.String(length=64), nullable=False),
    sa.Column('languages', sa.JSON(), nullable=False),
    sa.Column('first_day', sa.Date(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=False),
    sa.Column('day_from', sa.Integer(), nullable=False),
    sa.Column('day_to', sa.Integer(), nullable=False),
    sa.Column('registration_opens', sa.DateTime(), nullable=True),
    sa.Column('registration_closes', sa.DateTime(), nullable=True),
    sa.Column('withheld_name', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('day_from >= 0 AND day_from < 1440', name=op.f('ck_event_day_from')),
    sa.CheckConstraint('day_to > day_from AND day_to <= day_from + 1440', name=op.f('ck_event_day_to')),
    sa.CheckConstraint('last_day >= first_day', name=op.f('ck_event_days')),
    sa.CheckConstraint('latitude BETWEEN -90 AND 90', name=op.f('ck_event_latitude')),
    sa.CheckConstraint('longitude BETWEEN -180 AND 180', name=op.f('ck_event_longitude')),
    sa.CheckConstraint('registration_closes IS NULL OR registration_opens IS NULL OR registration_closes >= registration_opens', name=op.f('ck_event_registration')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event')),
    sa.UniqueConstraint('slug', name=op.f('uq_event_slug'))
    )
    op.create_table('release',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('stage', sa.Enum('draft', 'final', name='stage', native_enum=False, create_constraint=True, length=16), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('document', sa.LargeBinary(), nullable=False),
    sa.CheckConstraint('number > 0', name=op.f('ck_release_number')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_release_event_id_event'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_release')),
    sa.UniqueConstraint('event_id', 'number', name=op.f('uq_release_event_id_number'))
    )
    op.create_table('room',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(length=64), nullable=False),
    sa.Column('name', sa.JSON(), nullable=False),
    sa.Column('floor', sa.JSON(), nullable=False),
    sa.Column('capacity', sa.Integer(), nullable=True),
    sa.Column('booths', sa.Integer(), nullable=False),
    sa.Column('step_free', sa.Boolean(), nullable=False),
    sa.Column('opens', sa.Time(), nullable=True),
    sa.Column('closes', sa.Time(), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.CheckConstraint('booths >= 0', name=op.f('ck_room_booths')),
    sa.CheckConstraint('capacity > 0', name=op.f('ck_room_capacity')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_room_event_id_event'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_room')),
    sa.UniqueConstraint('event_id', 'slug', name=op.f('uq_room_event_id_slug'))
    )
    op.create_table('speaker',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=12), nullable=False),
    sa.Column('source_key', sa.String(length=300), nullable=True),
    sa.Column('email', sa.String(length=320), nullable=True),
    sa.Column('visibility', sa.Enum('public', 'pseudonym', 'withheld', name='visibility', native_enum=False, create_constraint=True, length=16), server_default='withheld', nullable=False),
    sa.Column('spoken_languages', sa.JSON(), nullable=False),
    sa.Column('photo', sa.String(length=100), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_speaker_event_id_event'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_speaker')),
    sa.UniqueConstraint('code', name=op.f('uq_speaker_code')),
    sa.UniqueConstraint('event_id', 'source_key', name=op.f('uq_speaker_event_id_source_key'))
    )
    op.create_table('theme',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(length=64), nullable=False),
    sa.Column('name', sa.JSON(), nullable=False),
    sa.Column('description', sa.JSON(), nullable=False),
    sa.Column('colour', sa.Enum('terracotta', 'amber', 'olive', 'green', 'teal', 'blue', 'violet', 'rose', name='colour', native_enum=False, create_constraint=True, length=16), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_theme_event_id_event'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_theme')),
    sa.UniqueConstraint('event_id', 'slug', name=op.f('uq_theme_event_id_slug'))
    )
    op.create_table('session',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=12), nullable=False),
    sa.Column('guid', sa.String(length=36), nullable=False),
    sa.Column('source_key', sa.String(length=200), nullable=True),
    sa.Column('kind', sa.Enum('plenary', 'panel', 'workshop', 'testimony', 'performance', 'sport', 'ceremony', 'break', 'meal', 'other', name='kind', native_enum=False, create_constraint=True, length=16), nullable=False),
    sa.Column('theme_id', sa.Integer(), nullable=True),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('room_id', sa.Integer(), nullable=True),
    sa.Column('starts_at', sa.DateTime(), nullable=True),
    sa.Column('across_rooms', sa.Boolean(), nullable=False),
    sa.Column('spoken_languages', sa.JSON(), nullable=False),
    sa.Column('interpreted_languages', sa.JSON(), nullable=False),
    sa.Column('original_language', sa.String(length=16), nullable=False),
    sa.Column('audience', sa.Integer(), nullable=True),
    sa.Column('state', sa.Enum('proposed', 'accepted', 'confirmed', 'withdrawn', name='state', native_enum=False, create_constraint=True, length=16), nullable=False),
    sa.Column('online_url', sa.String(length=2000), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('(starts_at IS NULL AND room_id IS NULL) OR (starts_at IS NOT NULL AND (room_id IS NOT NULL OR across_rooms))', name=op.f('ck_session_placement')),
    sa.CheckConstraint('audience >= 0', name=op.f('ck_session_audience')),
    sa.CheckConstraint('minutes > 0', name=op.f('ck_session_minutes')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_session_event_id_event'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['room_id'], ['room.id'], name=op.f('fk_session_room_id_room'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['theme_id'], ['theme.id'], name=op.f('fk_session_theme_id_theme'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_session')),
    sa.UniqueConstraint('code', name=op.f('uq_session_code')),
    sa.UniqueConstraint('event_id', 'guid', name=op.f('uq_session_event_id_guid')),
    sa.UniqueConstraint('event_id', 'source_key', name=op.f('uq_session_event_id_source_key'))
    )
    with op.batch_alter_table('session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_session_event_id'), ['event_id'], unique=False)

    op.create_table('speaker_text',
    sa.Column('speaker_id', sa.Integer(), nullable=False),
    sa.Column('lang', sa.String(length=16), nullable=False),
    sa.Column('display_name', sa.Text(), nullable=False),
    sa.Column('pseudonym', sa.Text(), nullable=False),
    sa.Column('organisation', sa.Text(), nullable=False),
    sa.Column('biography', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['speaker_id'], ['speaker.id'], name=op.f('fk_speaker_text_speaker_id_speaker'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('speaker_id', 'lang', name=op.f('pk_speaker_text'))
    )
    op.create_table('session_speaker',
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('speaker_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.Enum('speaker', 'moderator', 'facilitator', 'performer', 'interpreter', name='role', native_enum=False, create_constraint=True, length=16), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('answer', sa.Enum('asked', 'confirmed', 'declined', name='answer', native_enum=False, create_constraint=True, length=16), nullable=False),
    sa.ForeignKeyConstraint(['session_id'], ['session.id'], name=op.f('fk_session_speaker_session_id_session'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['speaker_id'], ['speaker.id'], name=op.f('fk_session_speaker_speaker_id_speaker'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('session_id', 'speaker_id', 'role', name=op.f('pk_session_speaker'))
    )
    with op.batch_alter_table('session_speaker', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_session_speaker_speaker_id'), ['speaker_id'], unique=False)

    op.create_table('session_text',
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('lang', sa.String(length=16), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('abstract', sa.Text(), nullable=False),
    sa.Column('state', sa.Enum('missing', 'machine', 'draft', 'reviewed', name='text_state', native_enum=False, create_constraint=True, length=16), nullable=False),
    sa.CheckConstraint("title <> '' OR state = 'missing'", name=op.f('ck_session_text_title')),
    sa.ForeignKeyConstraint(['session_id'], ['session.id'], name=op.f('fk_session_text_session_id_session'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('session_id', 'lang', name=op.f('pk_session_text'))
    )



def downgrade() -> None:

    op.drop_table('session_text')
    with op.batch_alter_table('session_speaker', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_session_speaker_speaker_id'))

    op.drop_table('session_speaker')
    op.drop_table('speaker_text')
    with op.batch_alter_table('session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_session_event_id'))

    op.drop_table('session')
    op.drop_table('theme')
    op.drop_table('speaker')
    op.drop_table('room')
    op.drop_table('release')
    op.drop_table('event')

