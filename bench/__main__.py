import asyncio
import sys
import tempfile
from pathlib import Path

from bench import local, starts, terminals
from bench.statistics import Line, compared, milliseconds, percentile, table
from tests.product import Product, SignedIn, WebServer
from tests.services import ServerProcess, free_port, running_postgres, running_redis

FLOOD = "import os\nlines = (b'x' * 79 + b'\\n') * 800\nfor _ in range(800): os.write(1, lines)\n"
ECHOES, FLOODS, INTERRUPTS, SESSIONS = 500, 3, 30, 20
MIB = 1024 * 1024


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


async def measure(
    server: WebServer, executor: ServerProcess, users: list[SignedIn], terminado: int
) -> list[Line]:
    return [
        *await measure_echoes(server, users[0], terminado),
        await measure_flood(server, users[0]),
        await measure_interrupts(server, users[0]),
        await measure_memory(server, executor, users),
    ]


async def measure_echoes(server: WebServer, user: SignedIn, port: int) -> list[Line]:
    say(f"echo, {ECHOES} keys …")
    ours = await terminals.echoes(server, user, ECHOES)
    theirs = await terminals.terminado_echoes(port, ECHOES)
    return [
        compared("echo", ours, theirs, 50, "terminado", "<= 2x"),
        compared("echo", ours, theirs, 99, "terminado"),
    ]


async def measure_flood(server: WebServer, user: SignedIn) -> Line:
    say(f"flood, {FLOODS} times …")
    ours, theirs = [], []
    for _ in range(FLOODS):
        ours.append(await terminals.flood(server, user, FLOOD))
        theirs.append(await asyncio.to_thread(local.flood, FLOOD))
    mine, other = (sorted(series)[FLOODS // 2] for series in (ours, theirs))
    figures = f"{mine / 1e6:.1f} MB/s", f"{other / 1e6:.1f} MB/s raw terminal loop"
    return Line("flood", *figures, mine / other, ">= 0.45x")


async def measure_interrupts(server: WebServer, user: SignedIn) -> Line:
    say(f"^C in a flood, {INTERRUPTS} times …")
    took = [await terminals.interrupt(server, user, 5e6) for _ in range(INTERRUPTS)]
    half, most = percentile(took, 50), percentile(took, 95)
    figures = f"{milliseconds(most)}", f"(p50 {milliseconds(half)}; 256 KiB alone take 52 ms)"
    return Line("^C to end at 5 MB/s p95", *figures, None, "<= 150 ms")


async def measure_memory(server: WebServer, executor: ServerProcess, users: list[SignedIn]) -> Line:
    say(f"memory of {SESSIONS} waiting sessions …")
    each = await terminals.memory_per_session(server, executor, users)
    parts = ", ".join(f"{part} {size / MIB:.2f}" for part, size in each.items())
    return Line(
        "memory per waiting session", f"{sum(each.values()) / MIB:.2f} MiB", f"({parts})", None
    )


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        running_redis(Path(folder)) as redis,
        running_postgres() as postgres,
        Product(
            Path(folder),
            DATABASE_URL=postgres.new_database(),
            REDIS_URL=redis.url,
            LIMIT_RUNS_PER_USER=str(starts.BURST),
        ) as product,
    ):
        product.migrate()
        names = [f"student{number}" for number in range(SESSIONS)]
        product.create_users(*names)
        server, executor = product.web_worker(), product.executor()
        server.wait_until_ready()
        port = free_port()
        terminado = product.start(
            "terminado", [sys.executable, "-m", "bench.terminado_server", str(port)]
        )
        terminado.wait_for_output("ready")
        users = [server.sign_in(name) for name in names]
        lines = starts.first_outputs(server, users[0], "first output", "<= 0.8x")
        lines += asyncio.run(measure(server, executor, users, port))
        executor.stop()
        lines += starts.with_other_pools(product, server, users)
    print(table(lines))


if __name__ == "__main__":
    main()
