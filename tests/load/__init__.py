"""How many rooms one core carries: plays the game's real protocol against the server, and against bare fan-outs beside it."""
