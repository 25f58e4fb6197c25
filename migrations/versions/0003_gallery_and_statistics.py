"""Keys and times for drawings, whose guess was none, standings, tallies, journals, transfers, lines of reports"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    _games_up()
    _turns_up()
    with op.batch_alter_table("guesses") as guesses:
        guesses.alter_column("seconds", existing_type=sa.Double(), nullable=True)
        guesses.create_index("ix_guesses_player_id", ["player_id", "seconds"])
    with op.batch_alter_table("drawings") as drawings:
        drawings.alter_column("ink", new_column_name="data", existing_type=sa.LargeBinary(), existing_nullable=False)
    op.create_table(
        "standings",
        sa.Column("period", sa.String(10), primary_key=True),
        sa.Column("mode", sa.String(16), primary_key=True),
        sa.Column("player_id", sa.String(36), sa.ForeignKey("players.id"), primary_key=True),
        sa.Column("score", sa.BigInteger(), nullable=False),
        sa.Column("games", sa.Integer(), nullable=False),
        sa.Column("wins", sa.Integer(), nullable=False),
    )
    op.create_index("ix_standings_best", "standings", ["period", "mode", "score", "player_id"])
    op.create_index("ix_standings_player_id", "standings", ["player_id"])
    op.create_table("word_tallies", sa.Column("word", sa.String(80), primary_key=True), *_tally())
    op.create_table("day_tallies", sa.Column("day", sa.Date(), primary_key=True), *_tally())
    _add_up_what_there_is()
    _reports_up()
    op.create_table(
        "transfers",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("player_id", sa.String(36), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_transfers_player_id", "transfers", ["player_id"])
    op.create_index("ix_transfers_expires", "transfers", ["expires"])
    op.create_table("journals", sa.Column("id", sa.String(32), primary_key=True), sa.Column("applied", sa.Integer(), nullable=False))


def _tally() -> list[sa.Column]:
    return [
        sa.Column("language", sa.String(8), primary_key=True),
        sa.Column("mode", sa.String(16), primary_key=True),
        sa.Column("drawer_is_ai", sa.Boolean(), primary_key=True),
        sa.Column("guesser_is_ai", sa.Boolean(), primary_key=True),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("milliseconds", sa.BigInteger(), nullable=False),
    ]


def _games_up() -> None:
    with op.batch_alter_table("games") as games:
        games.add_column(sa.Column("language", sa.String(8), nullable=False, server_default="en"))
        games.add_column(sa.Column("mode", sa.String(16), nullable=False, server_default="normal"))
        games.add_column(sa.Column("scoring", sa.String(16), nullable=False, server_default="speed"))
        games.add_column(sa.Column("in_gallery", sa.Boolean(), nullable=False, server_default=sa.false()))
        games.add_column(sa.Column("host_id", sa.String(36), nullable=True))
        games.create_foreign_key("fk_games_host_id_players", "players", ["host_id"], ["id"])
        games.create_index("ix_games_host_id", ["host_id"])
        games.create_index("ix_games_gallery", ["in_gallery", "started", "id"])
        games.create_index("ix_games_gallery_language", ["in_gallery", "language", "started", "id"])
        games.create_index("ix_games_room", ["room", "started", "id"])


def _turns_up() -> None:
    with op.batch_alter_table("turns") as turns:
        turns.add_column(sa.Column("key", sa.String(16), nullable=True))
        turns.add_column(sa.Column("ended", sa.DateTime(timezone=True), nullable=True))
        turns.add_column(sa.Column("rating", sa.Integer(), nullable=False, server_default="0"))
        turns.alter_column("drawer_id", existing_type=sa.String(36), nullable=True)
        turns.drop_index("ix_turns_drawer_id")
        turns.drop_index("ix_turns_game_id")  # (game_id, number) is indexed, being unique
    connection = op.get_bind()
    turns_table = sa.table("turns", sa.column("id", sa.Integer), sa.column("key", sa.String), sa.column("game_id", sa.String), sa.column("number"))
    keys = [{"row": row.id, "made": _key(row.game_id, row.number)} for row in connection.execute(sa.select(turns_table))]
    if keys:
        connection.execute(turns_table.update().where(turns_table.c.id == sa.bindparam("row")).values(key=sa.bindparam("made")), keys)
    connection.execute(sa.text("UPDATE turns SET rating = likes - dislikes, ended = (SELECT started FROM games WHERE games.id = turns.game_id)"))
    with op.batch_alter_table("turns") as turns:
        turns.alter_column("key", existing_type=sa.String(16), nullable=False)
        turns.alter_column("ended", existing_type=sa.DateTime(timezone=True), nullable=False)
        turns.create_unique_constraint("uq_turns_key", ["key"])
        turns.create_index("ix_turns_drawer_id", ["drawer_id", "id"])
        turns.create_index("ix_turns_drawer_id_rating", ["drawer_id", "rating", "id"])
        turns.create_index("ix_turns_ended", ["ended"])
        turns.create_index("ix_turns_rating", ["rating", "id"])


def _key(game_id: str, number: int) -> str:
    """As game/rules/turn.py had it when this was written: a migration must not change with the code."""
    from base64 import b32encode
    from hashlib import blake2b

    return b32encode(blake2b(f"{game_id}/{number}".encode(), digest_size=10).digest()).decode().lower()


def _add_up_what_there_is() -> None:
    """Of finished games the points; days and weeks that are over need none."""
    op.execute(
        "INSERT INTO standings (period, mode, player_id, score, games, wins) "
        "SELECT 'all', modes.mode, player_id, SUM(score), COUNT(*), SUM(CASE WHEN rank = 1 THEN 1 ELSE 0 END) "
        "FROM scores CROSS JOIN (SELECT '' AS mode UNION SELECT 'normal' AS mode) AS modes GROUP BY modes.mode, player_id"
    )


def _reports_up() -> None:
    op.create_table(
        "report_lines",
        sa.Column("report_id", sa.Integer(), sa.ForeignKey("reports.id"), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("player_id", sa.String(36), nullable=True),
        sa.Column("nickname", sa.String(32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
    )
    op.create_index("ix_report_lines_player_id", "report_lines", ["player_id"])
    connection = op.get_bind()
    lines = []
    for report, chat in connection.execute(sa.text("SELECT id, chat FROM reports")).all():
        for number, line in enumerate(chat.split("\n") if chat else [], start=1):
            nickname, _, said = line.partition(": ")
            if not 0 < len(nickname) <= 32 or nickname == line:  # no line of ours: it stays whole
                nickname, said = "", line
            lines.append({"report_id": report, "number": number, "nickname": nickname, "text": said})
    if lines:
        insert = "INSERT INTO report_lines (report_id, number, nickname, text) VALUES (:report_id, :number, :nickname, :text)"
        connection.execute(sa.text(insert), lines)
    with op.batch_alter_table("reports") as reports:
        reports.drop_column("chat")


def downgrade() -> None:
    """Deleted drawers cannot be brought back, and the older tables do not know of turns without one: those turns go, and misses with them.

    Drawings in a format that the older code cannot read stay as they are; it was never to show them.
    """
    op.drop_table("journals")
    op.drop_table("transfers")
    _reports_down()
    op.drop_table("day_tallies")
    op.drop_table("word_tallies")
    op.drop_table("standings")
    for gone in (
        "DELETE FROM guesses WHERE seconds IS NULL OR turn_id IN (SELECT id FROM turns WHERE drawer_id IS NULL)",
        "DELETE FROM drawings WHERE turn_id IN (SELECT id FROM turns WHERE drawer_id IS NULL)",
        "DELETE FROM turns WHERE drawer_id IS NULL",
    ):
        op.execute(gone)
    with op.batch_alter_table("drawings") as drawings:
        drawings.alter_column("data", new_column_name="ink", existing_type=sa.LargeBinary(), existing_nullable=False)
    with op.batch_alter_table("guesses") as guesses:
        guesses.drop_index("ix_guesses_player_id")
        guesses.alter_column("seconds", existing_type=sa.Double(), nullable=False)
    with op.batch_alter_table("turns") as turns:
        turns.drop_index("ix_turns_rating")
        turns.drop_index("ix_turns_ended")
        turns.drop_index("ix_turns_drawer_id_rating")
        turns.drop_index("ix_turns_drawer_id")
        turns.drop_constraint("uq_turns_key", type_="unique")
        turns.alter_column("drawer_id", existing_type=sa.String(36), nullable=False)
        turns.drop_column("rating")
        turns.drop_column("ended")
        turns.drop_column("key")
        turns.create_index("ix_turns_drawer_id", ["drawer_id"])
        turns.create_index("ix_turns_game_id", ["game_id"])
    with op.batch_alter_table("games") as games:
        for index in ("room", "gallery_language", "gallery", "host_id"):
            games.drop_index(f"ix_games_{index}")
        games.drop_constraint("fk_games_host_id_players", type_="foreignkey")
        for column in ("host_id", "in_gallery", "scoring", "mode", "language"):
            games.drop_column(column)


def _reports_down() -> None:
    with op.batch_alter_table("reports") as reports:
        reports.add_column(sa.Column("chat", sa.Text(), nullable=False, server_default=""))
    connection = op.get_bind()
    chats: dict[int, list[str]] = {}
    for report, nickname, said in connection.execute(sa.text("SELECT report_id, nickname, text FROM report_lines ORDER BY report_id, number")).all():
        chats.setdefault(report, []).append(f"{nickname}: {said}" if nickname else said)
    for report, lines in chats.items():
        connection.execute(sa.text("UPDATE reports SET chat = :chat WHERE id = :report"), {"chat": "\n".join(lines), "report": report})
    op.drop_table("report_lines")
