"""Packing and unpacking the times of a recording."""

from runner.recording_times import HIGHEST, pack_times, unpack_times


def test_what_was_packed_comes_back() -> None:
    pairs = [(0, 12), (5, 1), (86_400_000, 65_536)]
    assert unpack_times(pack_times(pairs)) == pairs


def test_nothing_packs_to_nothing() -> None:
    assert pack_times([]) == b""
    assert unpack_times(b"") == []


def test_the_bytes_are_little_endian_pairs_of_32_bits() -> None:
    assert pack_times([(1, 256)]) == b"\x01\0\0\0\0\x01\0\0"


def test_a_memoryview_as_postgresql_gives_it_is_read() -> None:
    assert unpack_times(memoryview(pack_times([(3, 4)]))) == [(3, 4)]


def test_a_torn_last_pair_is_left_out() -> None:
    assert unpack_times(pack_times([(3, 4)]) + b"\x01\0\0") == [(3, 4)]


def test_times_outside_the_format_are_moved_to_its_edge() -> None:
    assert unpack_times(pack_times([(-1, 1), (HIGHEST + 1, 1)])) == [(0, 1), (HIGHEST, 1)]
