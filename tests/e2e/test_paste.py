"""Much input at once."""

from runner.protocol.messages import Outcome
from tests.e2e.workspace import Workspace

LINES = [f"line {number} ü 🐍" for number in range(2000)]
READ_ALL = """
import hashlib, sys
print("Paste:", flush=True)
lines = []
for line in sys.stdin:
    if line == "END\\n":
        break
    lines.append(line)
print("got", len(lines), hashlib.sha256("".join(lines).encode()).hexdigest()[:16])
"""


def test_a_large_paste_arrives_whole(workspace: Workspace) -> None:
    import hashlib

    text = "".join(line + "\n" for line in LINES)
    workspace.start(READ_ALL)
    workspace.wait_for("Paste:")
    workspace.paste(text + "END\n")
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    workspace.wait_for(f"got {len(LINES)} {digest}", seconds=40)
    workspace.wait_for_end(Outcome.COMPLETED)
