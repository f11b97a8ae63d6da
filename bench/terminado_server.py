"""A terminado server whose terminals run a Python program. Run as a program: port, source."""

import asyncio
import sys

import tornado.web
from terminado import TermSocket, UniqueTermManager


class AnyOrigin(TermSocket):
    def check_origin(self, origin: str) -> bool:
        return True


async def main(port: int, source: str) -> None:
    manager = UniqueTermManager(shell_command=["/usr/bin/python3", "-c", source])
    handlers = [(r"/websocket", AnyOrigin, {"term_manager": manager})]
    tornado.web.Application(handlers).listen(port, "127.0.0.1")
    print("ready", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), sys.argv[2]))
