"""The application that CeleryTest runs as a worker; also what sends its tasks when it is run."""

import os

from celery import Celery
from redis.lock import Lock

# redis-py gives a lock back by a script that first looks whose it is. Slotcast has no scripts yet;
# the only worker of this test is the only one that can hold it.
Lock.do_release = lambda lock, token: lock.redis.delete(lock.name)

app = Celery("tasks", broker=os.environ["SLOTCAST"], backend="rpc://")
app.conf.update(
    # One tag puts all keys of the queues into one slot: kombu names several of them in one BRPOP.
    broker_transport_options={"global_keyprefix": "{celery}"},
    broker_connection_retry=False,
)


@app.task
def add(a, b):
    return a + b


@app.task
def fail(message):
    raise ValueError(message)


if __name__ == "__main__":
    print("one:", add.delay(20, 22).get(timeout=20))
    print("later:", add.apply_async((1, 2), countdown=1).get(timeout=20))
    print("many:", [result.get(timeout=20) for result in [add.delay(i, i) for i in range(10)]])
    try:
        fail.delay("on purpose").get(timeout=20)
    except ValueError as failure:
        print("failed:", failure)
