"""Thumbs for drawings, combined words, reports about players"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    with op.batch_alter_table("turns") as turns:
        turns.alter_column("word", existing_type=sa.String(32), type_=sa.String(80), existing_nullable=False)
        turns.add_column(sa.Column("likes", sa.Integer(), nullable=False, server_default="0"))
        turns.add_column(sa.Column("dislikes", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.Column("room", sa.String(length=16), nullable=False),
        sa.Column("game_id", sa.String(length=32), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("reporter_id", sa.String(length=36), nullable=False),
        sa.Column("player_id", sa.String(length=36), nullable=False),
        sa.Column("nickname", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("ink", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["player_id"], ["players.id"]),
        sa.ForeignKeyConstraint(["reporter_id"], ["players.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    for column in ("made", "reporter_id", "player_id"):
        op.create_index(f"ix_reports_{column}", "reports", [column])


def downgrade() -> None:
    """Of combined words the older table has room for the beginning."""
    op.drop_table("reports")
    op.execute("UPDATE turns SET word = substr(word, 1, 32)")
    with op.batch_alter_table("turns") as turns:
        turns.drop_column("dislikes")
        turns.drop_column("likes")
        turns.alter_column("word", existing_type=sa.String(80), type_=sa.String(32), existing_nullable=False)
