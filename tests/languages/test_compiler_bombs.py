"""Programs that a compiler would work on for ever: each ends in a message, within the compiler's
own budget. What computes while it is compiled is as hostile as what runs."""

import pytest

from runner.languages import LANGUAGES
from runner.languages.language import File, Trial
from runner.limits import MIB, Limits
from runner.protocol.reasons import ReasonCode
from runner.run_state import Outcome
from tests.languages.trying import tried

BOMBS = {
    "cpp": {
        "templates_without_end": (
            "template <long N> struct A { using T = typename A<N + 1>::T; };\n"
            "A<0>::T x;\nint main() {}"
        ),
        "templates_of_two_kinds": (
            "template <int D, long N> struct A {\n"
            "    static const long v = A<D - 1, 2 * N>::v + A<D - 1, 2 * N + 1>::v;\n};\n"
            "template <long N> struct A<0, N> { static const long v = 1; };\n"
            "int main() { return A<40, 1>::v != 0; }"
        ),
        "a_constant_without_end": (
            "constexpr long f() { long n = 0; while (true) n++; return n; }\n"
            "static_assert(f() > 0);\nint main() {}"
        ),
        "constants_in_each_other": (
            "constexpr long f(long n) { return n < 2 ? n : f(n - 1) + f(n - 2) + f(n - 3); }\n"
            "constexpr long x = f(200);\nint main() { return x != 0; }"
        ),
        "a_pack_that_doubles": (
            "#include <tuple>\n#include <utility>\n"
            "template <class... T> struct D { using X = D<T..., T...>; };\n"
            "template <int N, class T> struct R {\n"
            "    using X = typename R<N - 1, typename T::X>::X;\n};\n"
            "template <class T> struct R<0, T> { using X = T; };\n"
            "R<40, D<int>>::X x;\nint main() {}"
        ),
        "a_large_array": "char x[1L << 33] = {1};\nint main() { return x[0]; }",
        "its_own_text": "#include __FILE__\n#include __FILE__\nint main() {}",
        "messages_without_end": (
            "template <int N> void f() { int x = \"\"; f<N - 1>(); f<N - 2>(); }\n"
            "template <> void f<0>() {} template <> void f<-1>() {}\nint main() { f<800>(); }"
        ),
    },
    "rust": {
        "macros_that_double": (
            "macro_rules! b { ($($x:tt)*) => { b!($($x)* $($x)*) } }\nfn main() { b!(a); }"
        ),
        "a_constant_without_end": (
            "const fn f() -> u64 { let mut n = 0u64; loop { n = n.wrapping_add(1); } }\n"
            "const X: u64 = f();\nfn main() { println!(\"{}\", X); }"
        ),
    },
    "haskell": {
        "types_that_double": (
            "d x = (x, x)\nmain :: IO ()\nmain = print (length (show (f ())))\n"
            "  where f = " + " . ".join(["d"] * 40)
        ),
    },
    "go": {
        "a_large_array": (
            "package main\n\nvar x = [1 << 32]byte{1}\n\nfunc main() { println(x[0]) }"
        ),
    },
    "java": {
        "calls_in_each_other": (
            "import java.util.*;\npublic class Main {\n"
            "    static <T> List<T> l(T a, T b) { return null; }\n"
            "    public static void main(String[] a) { Object x = "
            + "l(1, " * 60 + '"s"' + ")" * 60 + "; }\n}"
        ),
    },
}  # fmt: skip
LIMITS = Limits(
    compile_cpu_seconds=10, compile_wall_seconds=40, output_bytes=1 * MIB, disk_bytes=32 * MIB
)  # fmt: skip
CASES = [(name, bomb) for name, bombs in BOMBS.items() for bomb in bombs]
ENDED = {
    ReasonCode.COMPILE_ERROR, ReasonCode.COMPILE_CPU_LIMIT, ReasonCode.COMPILE_MEMORY_LIMIT,
    ReasonCode.COMPILE_DISK_FULL, ReasonCode.COMPILE_OUTPUT_LIMIT,
}  # fmt: skip


@pytest.mark.attacks
@pytest.mark.parametrize(("name", "bomb"), CASES)
async def test_it_ends_within_the_compilers_budget(
    name: str, bomb: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    language = LANGUAGES[name]
    trial = Trial((File(language.main, BOMBS[name][bomb]),))
    text, ending = await tried(name, trial, LIMITS, monkeypatch)
    # A compiler that finds the way around it has made a program, which ends at once.
    assert ending.outcome in (Outcome.COMPILE_ERROR, Outcome.COMPLETED), text[-2000:]
    if ending.outcome is Outcome.COMPILE_ERROR:
        assert ending.reason_code in ENDED
        assert ending.exit_code or ending.reason_code is not ReasonCode.COMPILE_ERROR
    allowed = language.limits.applied(LIMITS)
    assert ending.cpu_ms < 1000 * (allowed.compile_cpu_seconds + 3)
    # A watchdog sees it a moment later, in which a compiler takes 100 MiB.
    assert ending.memory_peak_bytes < allowed.compile_memory_bytes + 160 * MIB
    assert len(text) < 2 * MIB
