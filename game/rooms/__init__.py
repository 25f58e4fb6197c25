"""Rooms as actors: one asyncio task each, which owns one game."""
