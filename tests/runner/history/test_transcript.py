"""What the transcript says was kept, cut and lost."""

from typing import Any

from runner.history import transcript
from runner.models import Recording, Run
from runner.run_state import RunStatus


def a_run(**fields: Any) -> Run:
    return Run(status=RunStatus.FINISHED, **fields)


def test_short_output_is_all_there() -> None:
    run = a_run(output_bytes=5)
    shown = transcript(run, Recording(run=run, head=b"all\r\n", tail_offset=5))
    assert (shown.head, shown.cut_bytes, shown.tail, shown.lost_bytes) == ("all\n", 0, "", 0)


def test_a_cut_lies_between_beginning_and_end() -> None:
    run = a_run(output_bytes=1003)
    shown = transcript(run, Recording(run=run, head=b"begin", tail=b"end", tail_offset=1000))
    assert (shown.head, shown.cut_bytes, shown.tail, shown.lost_bytes) == ("begin", 995, "end", 0)


def test_two_parts_that_touch_have_no_cut() -> None:
    run = a_run(output_bytes=8)
    shown = transcript(run, Recording(run=run, head=b"begin", tail=b"end", tail_offset=5))
    assert (shown.cut_bytes, shown.lost_bytes) == (0, 0)


def test_what_a_lost_executor_had_not_written_is_said() -> None:
    run = a_run(output_bytes=100)
    assert transcript(run, Recording(run=run, head=b"begin")).lost_bytes == 95


def test_a_run_that_goes_on_has_lost_nothing() -> None:
    run = Run(status=RunStatus.RUNNING, output_bytes=100)
    assert transcript(run, Recording(run=run, head=b"begin")).lost_bytes == 0
