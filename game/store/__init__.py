"""What remains: players, games, turns, drawings and scores, in any database that SQLAlchemy speaks to."""
