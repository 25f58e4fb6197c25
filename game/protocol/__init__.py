"""The wire: what browsers and the server say to each other. `docs/protocol.md` describes it in prose.

`client_messages`, `server_messages` and `turn_messages` (the server's, too) are JSON (msgspec tagged unions), `views` is what several of the server's
have in common, `ink` is binary, `limits` has the numbers.
"""
