"""Nodes, and the rooms that they own"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "nodes",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("keys", sa.String(64), nullable=False),
        sa.Column("draining", sa.Boolean(), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "open_rooms",
        sa.Column("code", sa.String(16), primary_key=True),
        sa.Column("owner", sa.String(16), nullable=False),
        sa.Column("fence", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.LargeBinary()),
    )
    op.create_index("ix_open_rooms_owner", "open_rooms", ["owner"])


def downgrade() -> None:
    """Rooms that are open on nodes are lost: the older version knows none."""
    op.drop_table("open_rooms")
    op.drop_table("nodes")
