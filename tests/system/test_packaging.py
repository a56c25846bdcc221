"""The steps of the Containerfile, and the wheel, in fresh environments outside the checkout."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from newscrawl.replica import running_replica
from newscrawl.version import __version__
from tests.support.listener import listening
from tests.support.paths import ROOT
from tests.system.test_docs import NOBODY, Block, blocks_of, copy_of_the_project

pytestmark = pytest.mark.thorough
CONTAINERFILE = (ROOT / "Containerfile").read_text(encoding="utf-8")
PYTHONS = ("3.11", "3.12", "3.13")


def steps(instruction: str) -> list[str]:
    """What the Containerfile says for an instruction, in order."""
    return re.findall(rf"^{instruction} (.+)$", CONTAINERFILE, re.MULTILINE)


def python_of(version: str) -> str | None:
    """An interpreter of that version: on the path, or one of pyenv's."""
    versions = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    of_pyenv = sorted(versions.glob(f"{version}.*/bin/python"))
    found = shutil.which(f"python{version}")
    if found is not None and "shims" not in found:
        return found
    return str(of_pyenv[-1]) if of_pyenv else None


class Environment:
    """A fresh environment, and an empty folder in which its commands run."""

    def __init__(self, place: Path, python: str = sys.executable) -> None:
        self.bin = place / "venv" / "bin"
        self.wheels = place / "wheels"
        self.folder = place / "empty"
        self.folder.mkdir(parents=True)
        subprocess.run([python, "-m", "venv", str(place / "venv")], check=True)

    def run(self, command: str, *, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        kept = {
            k: v for k, v in os.environ.items() if k in ("HOME", "LANG", "TMPDIR", "PIP_CACHE_DIR")
        }
        path = f"{self.bin}{os.pathsep}{os.defpath}"
        return subprocess.run(
            ["/bin/sh", "-ec", command],
            cwd=cwd or self.folder,
            env=kept | {"PATH": path},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )

    def done(self, command: str, *, cwd: Path | None = None) -> str:
        done = self.run(command, cwd=cwd)
        assert done.returncode == 0, f"{command}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
        return done.stdout


@pytest.fixture(scope="module")
def container(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """What the Containerfile's steps that install something make of a copy of the checkout."""
    place = tmp_path_factory.mktemp("container")
    source = copy_of_the_project(place / "src")
    made = Environment(place)
    for step in steps("RUN"):
        if step.startswith("pip "):
            made.done(step.replace(" /wheels", f" {made.wheels}"), cwd=source)
    shutil.rmtree(source)
    return made


def test_every_step_is_tried_or_known() -> None:
    (account,) = (step for step in steps("RUN") if not step.startswith("pip "))
    made, _, folder = account.partition(" && ")
    assert made == "useradd --uid 10001 --create-home newscrawl"
    assert folder == "install -d -o newscrawl -g newscrawl /archive"
    assert steps("USER") == ["newscrawl"]
    assert steps("VOLUME") == steps("WORKDIR")[1:] == ["/archive"]
    assert steps("ENTRYPOINT") == ['["newscrawl"]']


def test_the_command_is_there_and_the_package_is_not_the_checkout(container: Environment) -> None:
    assert container.done("newscrawl -h").startswith("newscrawl COMMAND")
    place = container.done("python -I -c 'import newscrawl; print(newscrawl.__file__)'")
    assert place.startswith(str(container.bin.parent))
    assert container.done("newscrawl --version") == f"newscrawl {__version__}\n"
    assert container.done("pip check") == "No broken requirements found.\n"
    found = container.done("python -c 'import newscrawl; print(newscrawl.__version__)'")
    assert found.strip() == __version__


def test_the_wheel_has_every_file_of_the_package(container: Environment) -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "newscrawl"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    place = container.done("python -I -c 'import newscrawl; print(newscrawl.__path__[0])'").strip()
    lacking = [name for name in tracked if not (Path(place).parent / name).is_file()]
    assert lacking == []


def test_the_health_check_and_the_first_commands_work(container: Environment) -> None:
    container.done("newscrawl init --contact ban@toasoan.vn")
    assert (container.folder / "newscrawl.toml").is_file()
    said = container.done("newscrawl demo --articles 60")
    assert "archive" in said
    where = next(container.folder.rglob("baotuyenquang/manifest.json")).parent.parent
    assert container.done(f"newscrawl verify baotuyenquang -s ARCHIVE={where}").endswith("whole\n")
    assert len(json.loads(container.done("newscrawl papers --json"))) > 3
    (health,) = re.findall(r"HEALTHCHECK .*? CMD (.+)$", CONTAINERFILE, re.MULTILINE)
    container.done(health)
    container.done(f"export NEWSCRAWL_ARCHIVE={where}; {health}")


def test_the_image_leaves_out_what_it_does_not_need() -> None:
    ignored = (ROOT / ".containerignore").read_text(encoding="utf-8").split()
    assert {".git", ".venv", "output", "tests"} <= set(ignored)


@pytest.fixture(scope="module")
def wheel(container: Environment) -> Path:
    (found,) = container.wheels.glob("newscrawl-*.whl")
    return found


@pytest.mark.parametrize("version", PYTHONS)
def test_the_wheel_works_with_every_python_there_is(
    version: str, wheel: Path, tmp_path: Path
) -> None:
    python = python_of(version)
    if python is None:
        pytest.skip(f"no Python {version} on this machine")
    made = Environment(tmp_path, python)
    made.done(f"pip install -q {wheel}")
    assert made.done("python -c 'import sys; print(sys.version)'").startswith(version)
    made.done("newscrawl demo --articles 60")
    where = next(made.folder.rglob("baotuyenquang/manifest.json")).parent.parent
    assert made.done(f"newscrawl verify baotuyenquang -s ARCHIVE={where}").endswith("whole\n")


@pytest.mark.skipif(shutil.which("uv") is None, reason="uv is not installed")
def test_uv_installs_it_as_a_tool(wheel: Path, tmp_path: Path) -> None:
    places = {"UV_TOOL_DIR": str(tmp_path / "tools"), "UV_TOOL_BIN_DIR": str(tmp_path / "bin")}
    install = ["uv", "tool", "install", "-q", "-p", sys.executable, str(wheel)]
    subprocess.run(install, env=os.environ | places, cwd=tmp_path, check=True)
    command = [str(tmp_path / "bin" / "newscrawl"), "-h"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("newscrawl COMMAND")


# docs/install.md, by someone who has the wheel and nothing else ---------------------------------

INSTALL_UV, INSTALL_PIPX, INSTALL_VENV, *GOES_ON = blocks_of(ROOT / "docs" / "install.md")
_NOT_A_STRANGERS = ("NEWSCRAWL_", "PYTHON", "VIRTUAL_ENV", "UV_TOOL", "PIPX", "XDG_", "SCRAPY")
PAPERS = ("baodongnai", "baotuyenquang", "thanhpho")


class Home:
    """A person's home folder with the wheel in it; commands see nothing of the checkout."""

    def __init__(self, place: Path, wheel: Path, *paths: Path) -> None:
        self.place = place
        shutil.copy(wheel, place)
        own = (place / "newscrawl" / "bin", place / ".local" / "bin", *paths)
        kept = {k: v for k, v in os.environ.items() if not k.startswith(_NOT_A_STRANGERS)}
        self.env = kept
        self.env.setdefault("UV_CACHE_DIR", str(Path.home() / ".cache" / "uv"))
        self.env.setdefault("PIP_CACHE_DIR", str(Path.home() / ".cache" / "pip"))
        path = os.pathsep.join([*map(str, own), str(Path(sys.executable).parent), os.defpath])
        self.env |= {"HOME": str(place), "PATH": path}

    def done(self, script: str, **environment: str) -> str:
        done = subprocess.run(
            ["/bin/sh", "-ec", script],
            cwd=self.place,
            env=self.env | environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=1200,
            check=False,
        )
        assert done.returncode == 0, f"{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
        return done.stdout


def script_of(blocks: list[Block]) -> str:
    """The blocks in one shell, as a person types them one after another."""
    lines = []
    for block in blocks:
        is_file = block.path is not None
        lines.append(f"cat > {block.path} <<'END'\n{block.text}END" if is_file else block.text)
    return "\n".join(lines).replace(NOBODY, "ban@toasoan.vn")


@pytest.mark.skipif(shutil.which("uv") is None, reason="uv is not installed")
def test_the_page_installs_by_uv(wheel: Path, tmp_path: Path) -> None:
    uv = shutil.which("uv")
    assert uv is not None
    home = Home(tmp_path, wheel, Path(uv).parent)
    said = home.done(f"{INSTALL_UV.text}\n.local/bin/newscrawl --version")
    assert said.endswith(f"newscrawl {__version__}\n")


def test_the_page_installs_by_pipx(wheel: Path, tmp_path: Path) -> None:
    home = Home(tmp_path, wheel, tmp_path / "pipx" / "bin")
    home.done("python3 -m venv pipx && pipx/bin/pip install -q pipx")
    said = home.done(f"{INSTALL_PIPX.text}\n.local/bin/newscrawl --version")
    assert said.endswith(f"newscrawl {__version__}\n")


def test_every_block_of_the_page_runs_where_only_the_wheel_is(wheel: Path, tmp_path: Path) -> None:
    home = Home(tmp_path, wheel)
    home.done(INSTALL_VENV.text)
    with running_replica(articles=60) as replica, listening() as listener:
        loopback = {
            "NEWSCRAWL_MIRROR": replica.address,
            "NEWSCRAWL_DOWNLOAD_DELAY": "0",
            "NEWSCRAWL_CONCURRENT_REQUESTS_PER_DOMAIN": "8",
            "NEWSCRAWL_ALERT_PING": f"{listener.address}/{{newspaper}}?create=1",
        }
        said = home.done(script_of(GOES_ON), **loopback)
    assert f"newscrawl {__version__}\n" in said
    assert "# Exit codes" in said
    assert "| 75 | another run of this newspaper is at work |" in said
    folder = tmp_path / "papers"
    assert {*PAPERS} <= {path.name for path in (folder / "output").iterdir()}
    crontab = (folder / "crontab.txt").read_text("utf-8")
    assert crontab.count("newscrawl crawl ") == len(PAPERS)
    assert f"status --html {folder}/status.html" in crontab
    units = tmp_path / ".config" / "systemd" / "user"
    assert {path.stem for path in units.glob("*.timer")} == {
        f"newscrawl-{name}" for name in (*PAPERS, "status-page")
    }
    page = (folder / "status.html").read_text("utf-8")
    assert [name for name in PAPERS if name not in page] == []
    ends = [path for path in listener.paths() if "/start?" not in path]
    assert ends[0] == "/baotuyenquang?create=1"
    assert sorted(ends[1:-1]) == [f"/{name}?create=1" for name in PAPERS]
    assert ends[-1] == "/thanhpho?create=1"


def test_the_pages_file_is_one_that_newscrawl_takes(tmp_path: Path) -> None:
    (block,) = [block for block in GOES_ON if block.path is not None]
    path = tmp_path / "newscrawl.toml"
    path.write_text(block.text.replace(NOBODY, "ban@toasoan.vn"), "utf-8")
    command = [sys.executable, "-m", "newscrawl.cli.main", "schedule", "--cron"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count(" crawl ") == len(PAPERS)
