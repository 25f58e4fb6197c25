"""The wire: what browsers and the server say to each other. `docs/protocol.md` describes it in prose.

`client_messages` and `server_messages` are JSON (msgspec tagged unions), `views` is what several of the server's have in common, `ink` is binary,
`limits` has the numbers.
"""
