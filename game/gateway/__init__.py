"""Where browsers come in: the socket, who they are, how fast they may talk."""
