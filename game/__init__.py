"""The server: rooms, rules, wire, store and the studio where artists work."""
