"""`guesstroke doctor`: looks at what a server needs on this machine, part by part, and says what to do.

Each check is a function that returns findings, and changes nothing: no table is made, no key, no folder. torch is looked at in a process of its
own (game/studio/probe.py).
"""
