"""How a room's events reach the sockets of its players."""
