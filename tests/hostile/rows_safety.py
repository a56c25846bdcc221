"""H7–H12: nothing of a page becomes a file, an escape, a broken row, or a crash."""

from __future__ import annotations

import ast
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from newscrawl.http.address_guard import off_limits
from newscrawl.urls.canonical import BadAddressError, canonical, resolve
from tests.fuzz.seeds import newspapers
from tests.fuzz.target import Case, read
from tests.hostile.harness import HERE, ROOT, free_port
from tests.hostile.json_cases import ADDRESSES, CASES
from tests.hostile.row import Figure, Row, all_hold
from tests.hostile.runs import Paper, paper, shown
from tests.reliability.loaders import LOADERS, as_lists, is_installed, words

_TRAPS: Final = "calendar,session,duplicates,depth,offsite,refresh:file:///etc/hostname"
_OWN: Final = ("/proc/", "/dev/", "/etc/", "/usr/", "/sys/", "/lib", "/run/", "/var/lib/")
_MOST_LOG: Final = 10_000_000


def _everything(*more: str) -> tuple[str, ...]:
    port = free_port()
    faults = ("*-180050.html=redirect:file:///etc/hostname", "*-180051.html=xmlbomb:external")
    given = [part for fault in faults for part in ("--fault", fault)]
    return ("--articles", "90", "--traps", _TRAPS, "--canary-port", f"{port}", *given, *more)


def files(short: bool) -> Figure:  # noqa: ARG001
    """H7: what the program opens while it crawls the hostile articles."""
    with tempfile.TemporaryDirectory() as name, paper(*_everything()) as made:
        notes = Path(name) / "opened"
        env = {"AUDIT": str(notes), "PYTHONPATH": f"{HERE / 'audit'}:{ROOT}"}
        ran = made.run(env=env)
        rows = {line for line in notes.read_text(encoding="utf-8").splitlines() if line}
        opened = [(row[0], ast.literal_eval(row[2:])) for row in rows]
        archive, above = str(made.place.archive), str(made.place.archive.parent)
        own = (archive, str(ROOT), sys.prefix, sys.base_prefix, sysconfig.get_path("stdlib"), *_OWN)
    written = [p for how, p in opened if how == "w" and not p.startswith((archive, "/dev/"))]
    written = [p for p in written if "__pycache__" not in p and ".scrapy" not in p]
    # Scrapy looks for its settings at home; the folder the archive stands in is synced.
    foreign = {p for _, p in opened if not p.startswith(own) and not p.endswith("scrapy.cfg")}
    foreign -= {above}
    meant = [p for _, p in opened if p in ("/etc/hostname", "/etc/passwd") or "\0" in p]
    escaped = [p for _, p in opened if "passwd" in p or "%2f" in p.lower()]
    checks = {
        f"written outside the archive: {written[:3]}": not written,
        f"read elsewhere: {sorted(foreign)[:3]}": not foreign,
        f"what a page names: {(meant + escaped)[:3]}": not meant and not escaped,
        "it ran": ran.code in (0, 3) and len(opened) > 50,
    }
    holds, failed = all_hold(checks)
    return Figure(
        holds,
        f"{len(opened)} files opened, {len(written)} written outside the archive, "
        f"{len(foreign)} read outside it, the code and the system's own, {len(meant)} of those "
        f"that pages name{failed}",
    )


def log(short: bool) -> Figure:  # noqa: ARG001
    """H8: what is said, at the usual level and with everything Scrapy has to say."""
    sizes, acts, secrets = [], set(), 0
    for level in ("WARNING", "DEBUG"):
        with paper(*_everything()) as made:
            ran = made.run(LOG_LEVEL=level)
            said = ran.out + ran.err
            sizes.append(len(said.encode()))
            acts |= shown(said)
            secrets += sum(word in said.lower() for word in ("password", "token", "authorization"))
            record = (made.place.folder / "runs").glob("*.jsonl")
            acts |= shown("".join(path.read_text(encoding="utf-8") for path in record))
    checks = {
        f"control characters {sorted(map(ord, acts))}": not acts,
        "no secret": secrets == 0,
        "≤ 10 MB": max(sizes) <= _MOST_LOG,
    }
    holds, failed = all_hold(checks)
    return Figure(
        holds,
        f"{len(acts)} control characters, {secrets} secrets, {sizes[0]:,} bytes of log, "
        f"{sizes[1]:,} at DEBUG{failed}",
    )


def reports(short: bool) -> Figure:  # noqa: ARG001
    """H9: the program writes neither HTML nor CSV, but rows, and pages as they came."""
    with paper("--articles", "90") as made:
        made.run()
        kinds = {"".join(path.suffixes[-2:]) for path in made.place.folder.rglob("*.*")}
        formula = [line for line in made.lines() if line["headline"].startswith("=HYPERLINK")]
    known = {".jsonl", ".json", ".warc.gz", ".sqlite", ".sum", ".vn.txt"}
    checks = {
        f"other files: {sorted(kinds - known)}": kinds <= known,
        "the formula is kept as data": len(formula) == 1,
    }
    holds, failed = all_hold(checks)
    return Figure(
        holds, f"0 HTML and 0 CSV files; the archive holds {', '.join(sorted(kinds))}{failed}"
    )


def _loaded(made: Paper) -> tuple[dict[str, str], int]:
    """What each loader gets wrong, and how many rows there are."""
    wrong: dict[str, str] = {}
    files = sorted(map(str, (made.place.folder / "articles").rglob("*.jsonl")))
    rows = sorted(as_lists(words(made.lines())))
    for name in filter(is_installed, LOADERS):
        try:
            found = sorted(as_lists(LOADERS[name](files)))
        except Exception as error:  # noqa: BLE001  (whatever a loader raises is what is looked for)
            wrong[name] = repr(error)[:200]
            continue
        if found != rows:
            wrong[name] = f"{len(found)} rows, {sum(row not in rows for row in found)} otherwise"
    return wrong, len(rows)


def loaders(short: bool) -> Figure:  # noqa: ARG001
    """H10: the hostile archive in every loader this machine has."""
    with paper("--articles", "90") as made:
        made.run()
        wrong, count = _loaded(made)
    names = list(filter(is_installed, LOADERS))
    absent = sorted(LOADERS.keys() - set(names))
    said = f"{count} rows alike in {len(names) - len(wrong)} of {len(names)}: {', '.join(names)}"
    said += f"; not installed: {', '.join(absent)}" if absent else ""
    return Figure(not wrong and count > 80, said + f"; NOT: {wrong}" * bool(wrong))


def ports(short: bool) -> Figure:  # noqa: ARG001
    """H11: TCP sockets that listen, looked for every 10 ms of a run."""
    with paper("--articles", "90", "--latency", "0.01") as made:
        ran = made.run()
    return Figure(not ran.ports and ran.code in (0, 3), f"{len(ran.ports)} in {ran.seconds:.1f} s")


def suites(short: bool) -> Figure:  # noqa: ARG001
    """H12: JSON that is hardly any, as JSON-LD; addresses that are hardly any."""
    council = newspapers()["hdndtuyenquang"]
    path = "https://hdndtuyenquang.gov.vn/tin-hoat-dong/tin-moi-180001.html"
    frame = (HERE / "templates" / "tuyenquang" / "article.html").read_bytes()
    frame = frame.replace(b"{{{paragraphs}}}", "<p>Đoạn văn của bài.</p>".encode())
    ended: list[str] = []
    for text in CASES:
        page = frame.replace(b"{{{jsonld}}}", text)
        case = Case(page, path, "text/html; charset=utf-8", council)
        ended += [read(case, "article"), read(case, "generic")]
    hosts = {"baothu.vn": "baothu.vn"}
    told, other = 0, 0
    for address in ADDRESSES:
        found = resolve("https://baothu.vn/kinh-te/", address)
        if found is not None:
            told += 1
            try:
                host = urlsplit(canonical(found, hosts)).hostname
            except BadAddressError:
                continue
            other += off_limits(found, set(hosts)) is None and host != "baothu.vn"
    checks = {"no address is taken for another host's": other == 0, "addresses": told > 10}
    holds, failed = all_hold(checks)
    return Figure(
        holds,
        f"{len(CASES)} JSON texts in two readers, 0 uncaught; {len(ADDRESSES)} addresses, 0 "
        f"uncaught, {other} asked of another host; feeds and sitemaps are not read{failed}",
    )


ROWS: Final = (
    Row("H7", "files written outside the archive, or read because a page names them: 0", files),
    Row("H8", "log: 0 control characters, 0 secrets, ≤ 10 MB", log),
    Row("H9", "reports: 0 scripts, 0 formulas", reports),
    Row("H10", "the export loads in ten loaders with the same rows", loaders),
    Row("H11", "listening ports: 0", ports),
    Row("H12", "public suites of odd JSON and addresses: 0 uncaught", suites),
)
