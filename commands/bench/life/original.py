"""The Game of Life as the Python original plays it: asyncio, a coroutine for each connection, sends that are awaited one by one.

    python3 original.py serve PORT                 0 for any port that is free; tells it in the first line
    python3 original.py play PORT SIZE STEPS       prints the steps per second between the first step and the last

Written for the `websockets` library, 10.1 and later. The wire format is that of `handlers/life/protocol.ts`.
"""

import asyncio
import random
import signal
import sys
import time
from collections import defaultdict

import websockets

HOST = "127.0.0.1"

# How many handshakes are under way at once.
AT_ONCE = 128

# One cell in four is alive at the start.
DENSITY = 0.25

# Lines are short, nobody compresses them, and whoever is silent is waiting.
SETTINGS = {"compression": None, "ping_interval": None, "max_size": 64}


class Game:
    """Who plays, and who listens to which cell."""

    def __init__(self, size):
        self.workers = size * size
        self.connected = Latch(self.workers)
        self.subscribed = Latch(self.workers)
        self.subscribers = defaultdict(set)


class Latch:
    """Holds everyone back until so many have come."""

    def __init__(self, expected):
        self.missing = expected
        self.opened = asyncio.Event()

    async def pass_together(self):
        self.missing -= 1
        if self.missing == 0:
            self.opened.set()
        await self.opened.wait()


class Server:
    """The game that is on, and all who watch."""

    def __init__(self):
        self.game = Game(32)
        self.watchers = set()

    async def route(self, ws):
        views = {"/reset/": self.reset, "/worker/": self.worker, "/watcher/": self.watcher}
        try:
            await views[path_of(ws)](ws)
        except websockets.ConnectionClosed:
            pass

    async def reset(self, ws):
        self.game = Game(int(await ws.recv()))

    async def watcher(self, ws):
        self.watchers.add(ws)
        try:
            await ws.wait_closed()
        finally:
            self.watchers.discard(ws)

    async def worker(self, ws):
        game = self.game
        await game.connected.pass_together()
        await ws.send("sub")
        while (line := await ws.recv()) != "sub":
            row, col = line.split()
            game.subscribers[row, col].add(ws)
        await game.subscribed.pass_together()
        await ws.send("run")
        async for line in ws:
            _, row, col, _ = line.split()
            for receiver in [*game.subscribers[row, col], *self.watchers]:
                await send_if_open(receiver, line)


def path_of(ws):
    """The path that was asked for: where it is depends on the version of the library."""
    return ws.path if hasattr(ws, "path") else ws.request.path


async def send_if_open(ws, line):
    """Sends to one that may have left after its last step."""
    try:
        await ws.send(line)
    except websockets.ConnectionClosed:
        pass


async def serve(port):
    async with websockets.serve(Server().route, HOST, port, backlog=4096, **SETTINGS) as server:
        print("Listening on", server.sockets[0].getsockname()[1], flush=True)
        await asyncio.Future()


class Clock:
    """Tells how fast a game goes on, between the step that all cells start with and the last."""

    def __init__(self, cells, steps):
        self.told = 0
        self.cells = cells
        self.steps = steps

    def tell(self):
        self.told += 1
        if self.told == self.cells:
            self.started = time.perf_counter()
        if self.told == self.cells * (self.steps + 1):
            self.ended = time.perf_counter()

    @property
    def steps_per_second(self):
        return self.steps / (self.ended - self.started)


def neighbours(row, col, size):
    """The cells around one, on a torus. Each counts once: a grid is at least 3 cells wide."""
    places = [(row + down, col + right) for down in (-1, 0, 1) for right in (-1, 0, 1) if down or right]
    return [(row % size, col % size) for row, col in places]


def next_state(state, alive):
    return int(alive == 3 or (alive == 2 and state == 1))


async def live(ws, row, col, state, size, clock):
    """One cell, for as many steps as its clock has."""

    async def tell(step):
        clock.tell()
        await ws.send(f"{step} {row} {col} {state}")

    assert await ws.recv() == "sub"
    around = neighbours(row, col, size)
    for place in around:
        await ws.send("%d %d" % place)
    await ws.send("sub")

    assert await ws.recv() == "run"
    await tell(0)
    # Some neighbours are a step ahead.
    told, alive = [0, 0], [0, 0]
    for step in range(clock.steps):
        while told[0] < len(around):
            at, _, _, neighbour = map(int, (await ws.recv()).split())
            told[at - step] += 1
            alive[at - step] += neighbour
        state = next_state(state, alive[0])
        told, alive = [told[1], 0], [alive[1], 0]
        await tell(step + 1)


async def play(port, size, steps):
    url = f"ws://{HOST}:{port}"
    async with websockets.connect(f"{url}/reset/", **SETTINGS) as ws:
        await ws.send(str(size))
        await ws.wait_closed()

    clock = Clock(size * size, steps)
    handshakes = asyncio.Semaphore(AT_ONCE)
    dice = random.Random(1)

    async def cell(row, col, state):
        async with handshakes:
            ws = await websockets.connect(f"{url}/worker/", **SETTINGS)
        await live(ws, row, col, state, size, clock)
        await ws.close()

    await asyncio.gather(
        *(cell(row, col, int(dice.random() < DENSITY)) for row in range(size) for col in range(size))
    )
    print("%.3f steps per second" % clock.steps_per_second, flush=True)


if __name__ == "__main__":
    # Ctrl-C ends it without a traceback.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    command, *numbers = sys.argv[1:]
    asyncio.run({"serve": serve, "play": play}[command](*map(int, numbers)))
