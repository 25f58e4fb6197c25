"""Rooms as actors: each owns one game and applies one command after another."""
