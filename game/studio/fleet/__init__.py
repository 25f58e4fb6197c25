"""Artists on other machines: how a server and the fleet's workers meet over Redis (7 or newer, or Valkey).

All keys begin with `guesstroke:fleet:`. What is in them is MessagePack of the structs in `wire.py`; but for the queues, which are taskiq's.

`queue:PERCEPTOR:live`, `queue:PERCEPTOR:ahead`
    Streams of taskiq messages whose task id is a job's, with the consumer group `artists`. A worker reads those of the perceptor that it
    has, an entry for each place that is free, and live ones first. Twice a second it claims what it has in hand once more; what nobody has
    claimed for three seconds, another takes over. An entry is acknowledged and deleted when its drawing is done, or not wanted any more.

`job:ID`
    A hash: `order` is what is to be drawn, `wanted` is `now` or `ahead`. The server that asked prolongs its life twice a second, sets `wanted`
    to `now` to hurry what is drawn ahead, and deletes it when it wants the drawing no more. Workers look twice a second: without the key, be
    it that the server or Redis has died, they stop. Thus nothing has to be sent to a worker, and no message to it can be lost.

`told:ID`
    A stream of what the workers say about the job, as a worker process says it to its server (`game/studio/wire.py`). The first number of an
    entry's id is the attempt: who begins reads what others have told, goes on from their strokes, and writes entries of the next attempt.
    Redis takes no entry whose id is lower than the last one's: a worker that was only frozen, or cut off, and comes back when another has
    taken over, cannot say another word. One XREAD hears all jobs of a server.

`workers`, `worker:NAME`
    The names of the workers, and what each announces of itself twice a second, which is forgotten after three.
"""
