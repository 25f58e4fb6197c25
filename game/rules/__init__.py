"""The game as a pure state machine: commands in, events and effects out. No clock, no sockets, no hidden randomness."""
