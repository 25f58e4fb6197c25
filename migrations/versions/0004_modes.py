"""The mode of a game, whose hand people took a drawing for, and drawings that are made once and kept"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    with op.batch_alter_table("games") as games:
        games.add_column(sa.Column("game_mode", sa.String(16), nullable=False, server_default="party"))
    with op.batch_alter_table("turns") as turns:
        turns.add_column(sa.Column("for_person", sa.Integer(), nullable=False, server_default="0"))
        turns.add_column(sa.Column("for_machine", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "hand_tallies",
        sa.Column("game_mode", sa.String(16), primary_key=True),
        sa.Column("drawer_is_ai", sa.Boolean(), primary_key=True),
        sa.Column("turns", sa.Integer(), nullable=False),
        sa.Column("for_person", sa.Integer(), nullable=False),
        sa.Column("for_machine", sa.Integer(), nullable=False),
        sa.Column("person_won", sa.Integer(), nullable=False),
        sa.Column("machine_won", sa.Integer(), nullable=False),
    )
    op.create_table(
        "kept_drawings",
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    """What was counted and kept is lost: the older tables have no place for it."""
    op.drop_table("kept_drawings")
    op.drop_table("hand_tallies")
    with op.batch_alter_table("turns") as turns:
        turns.drop_column("for_machine")
        turns.drop_column("for_person")
    with op.batch_alter_table("games") as games:
        games.drop_column("game_mode")
