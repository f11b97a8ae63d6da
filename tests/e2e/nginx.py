"""nginx in front of a site, set up as well or as badly as a test wants."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.services import ServerProcess, free_port

GOOD = {"Host": "$http_host", "Upgrade": "$http_upgrade", "Connection": "upgrade"}
CONFIG = """
pid {folder}/pid; error_log stderr warn; daemon off; worker_processes 1;
events {{ worker_connections 512; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    client_max_body_size 2m;
    upstream site {{ server 127.0.0.1:{port}; {more_workers} }}
    server {{
        listen 127.0.0.1:{listen};
        proxy_http_version 1.1;
        {headers}
        {locations}
    }}
}}
"""


class Proxy:
    def __init__(self, port: int, process: ServerProcess) -> None:
        self.port, self.process = port, process
        self.url = f"http://127.0.0.1:{port}"


@contextmanager
def nginx(
    port: int,
    headers: dict[str, str] = GOOD,
    locations: str = "location / { proxy_pass http://site; }",
    workers: tuple[int, ...] = (),
    listen: int = 0,
) -> Iterator[Proxy]:
    """In front of the site at `port`. `headers`: those that are passed on."""
    listen = listen or free_port()
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        config = folder / "nginx.conf"
        set_headers = " ".join(f"proxy_set_header {key} {value};" for key, value in headers.items())
        config.write_text(
            CONFIG.format(
                folder=folder, port=port, listen=listen, headers=set_headers, locations=locations,
                more_workers=" ".join(f"server 127.0.0.1:{one};" for one in workers),
            )
        )  # fmt: skip
        process = ServerProcess([program, "-c", str(config), "-p", name], folder / "log")
        try:
            process.wait_until(lambda: (folder / "pid").exists())
            yield Proxy(listen, process)
        finally:
            process.stop()
