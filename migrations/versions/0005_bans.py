"""Players whom the server's owner lets into no room"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "bans",
        sa.Column("player_id", sa.String(36), primary_key=True),
        sa.Column("nickname", sa.String(32), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    """Everybody may come in again: the older tables have no place for bans."""
    op.drop_table("bans")
