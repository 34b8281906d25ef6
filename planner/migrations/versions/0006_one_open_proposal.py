"""Of a speaker's proposals for one thing, one is open.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_OPEN = "outcome = 'open'"
_INDEXES = (
    ("uq_speaker_proposal_own", ["speaker_id"], f"{_OPEN} AND session_id IS NULL"),
    ("uq_speaker_proposal_session", ["speaker_id", "session_id"], _OPEN),
)


def upgrade() -> None:
    # Of two that an undo opened, speakers see the newer one.
    op.execute(
        "UPDATE speaker_proposal SET outcome = 'withdrawn' WHERE outcome = 'open' AND EXISTS ("
        "SELECT 1 FROM speaker_proposal AS newer WHERE newer.outcome = 'open'"
        " AND newer.id > speaker_proposal.id AND newer.speaker_id = speaker_proposal.speaker_id"
        " AND coalesce(newer.session_id, 0) = coalesce(speaker_proposal.session_id, 0))"
    )
    for name, columns, where in _INDEXES:
        is_open = sa.text(where)
        op.create_index(
            name,
            "speaker_proposal",
            columns,
            unique=True,
            sqlite_where=is_open,
            postgresql_where=is_open,
        )


def downgrade() -> None:
    for name, _, _ in reversed(_INDEXES):
        op.drop_index(name, "speaker_proposal")
