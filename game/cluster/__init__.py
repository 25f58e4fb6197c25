"""Rooms on many nodes: any node serves any player, and each room stands on one of them at a time.

Nothing of this is imported by a server without `redis_url`. docs/scaling.md says how it works together.
"""
