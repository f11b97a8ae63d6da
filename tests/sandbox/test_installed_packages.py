"""Every package of the list can be used in a program, with the memory and threads that it has."""

import os
import re
from pathlib import Path

import pytest

from runner.languages import LANGUAGES, PYTHON, Language, installed_packages
from runner.languages.package_names import module_of
from runner.limits import Limits
from tests.runner.sandbox import inside
from tests.runner.sandbox.inside import printed, result

ROOT = Path(__file__).parents[2]
PYPY = LANGUAGES["pypy"]
REQUIRED = os.environ.get("REQUIRE_TOOLCHAINS") == "yes"
pytestmark = pytest.mark.languages
PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)$", re.MULTILINE)
OTHER_MODULES = {"faker": "faker", "prompt-toolkit": "prompt_toolkit"}


def wanted(name: str) -> list[tuple[str, str]]:
    return PIN.findall((ROOT / name).read_text())


def module(package: str) -> str:
    return module_of(package) or OTHER_MODULES.get(package.lower(), package.lower())


@pytest.fixture(autouse=True)
def _slow_imports(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine that of scikit-learn takes longer than a test of the sandbox waits."""
    monkeypatch.setattr(inside, "WAIT_SECONDS", 100)


def require(language: Language) -> None:
    """As tests/languages/conftest.py does."""
    if installed_packages(language).versions:
        return
    reason = f"nothing is installed for {language.name}: make languages ARGS=python-packages"
    pytest.fail(reason) if REQUIRED else pytest.skip(reason)


@pytest.fixture
def _installed() -> None:
    require(PYTHON)


@pytest.mark.usefixtures("_installed")
@pytest.mark.parametrize(("package", "version"), wanted("requirements-programs.in"))
async def test_a_package_can_be_imported(package: str, version: str) -> None:
    source = f"""if True:
        import importlib.metadata, {module(package)}
        print(importlib.metadata.version({package!r}))"""
    assert (await printed(source)).splitlines()[-1] == version  # pygame greets


@pytest.mark.parametrize(("package", "version"), wanted("requirements-programs-pypy.in"))
async def test_a_package_can_be_imported_in_pypy(package: str, version: str) -> None:
    require(PYPY)
    source = f"""if True:
        import importlib.metadata, {module(package)}
        print(importlib.metadata.version({package!r}))"""
    output = await printed(source, command=PYPY.run[:1], python=PYPY.run[0])
    assert output == f"{version}\n"


THREADS = """if True:
    import os, time
    {imports}
    {work}
    print(len(os.listdir("/proc/self/task")))"""
POOLS = {
    "numpy": ("import numpy as n", "n.ones((400, 400)) @ n.ones((400, 400))"),
    "scipy": (
        "import numpy as n, scipy.linalg as l, scipy.fft as f",
        "l.svd(n.eye(200)); f.fft(n.ones((64, 4096)), workers=-1)"),
    "sklearn": (
        "import numpy as n; from sklearn.cluster import KMeans",
        "KMeans(2, n_init=1).fit(n.random.rand(500, 3))"),
    "a forest": (
        "import numpy as n; from sklearn.ensemble import RandomForestClassifier as R",
        "R(9, n_jobs=-1).fit(n.random.rand(99, 3), n.arange(99) % 2)"),
    "pandas": ("import pandas as p", "p.DataFrame({'a': range(99999)}).eval('a * 2 + 1').sum()"),
    "all": ("import numpy, scipy, sklearn, pandas, matplotlib.pyplot", ""),
}  # fmt: skip


@pytest.mark.usefixtures("_installed")
@pytest.mark.parametrize("name", POOLS)
async def test_a_library_starts_no_more_threads_than_the_run_has_cores(name: str) -> None:
    """Else they would count against the limit on processes, and wait for each other."""
    imports, work = POOLS[name]
    source = THREADS.format(imports=imports, work=work)
    assert await printed(source, limits=Limits(cpu_percent=100)) == "1\n"


@pytest.mark.usefixtures("_installed")
async def test_a_plot_can_be_saved() -> None:
    source = """if True:
        import os
        import matplotlib.pyplot as plt
        plt.plot([1, 2, 3])
        plt.savefig("plot.png")
        print(os.path.getsize("plot.png") > 5000)"""
    assert await printed(source) == "True\n"


@pytest.mark.usefixtures("_installed")
async def test_a_game_draws_into_memory_and_can_save_that() -> None:
    """SDL has a driver without a window: see docs/python-packages.md. It complains of nothing."""
    source = """if True:
        import os, pygame
        pygame.init()
        pygame.mixer.Sound(buffer=bytes(1000)).play()
        pygame.display.set_mode((99, 99)).fill("red")
        pygame.image.save(pygame.display.get_surface(), "game.png")
        print(os.path.getsize("game.png") > 50)"""
    greeting, *said = (await printed(source)).splitlines()
    assert greeting.startswith("pygame")
    assert said == ["True"]


@pytest.mark.usefixtures("_installed")
async def test_a_traceback_names_the_place_that_programs_see() -> None:
    """And no folder of this machine: where the code was compiled."""
    output, _ = await result("import tabulate\ntabulate.tabulate(1)")
    assert 'File "/usr/local/lib/python3' in output
    assert "/opt/" not in output
