"""F1–F4, F9, F10: every article stored with its own words, whatever the server did."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any, Final

from tests.hostile.harness import HERE
from tests.hostile.row import Figure, Row, all_hold
from tests.hostile.runs import Paper, Stored, paper

SILENT: Final = "truncgzip,nolength,long,empty,soft404,captcha,loop,cookiewall"
_MOJIBAKE: Final = ("Ã", "á»", "Æ°", "â€", "\ufffd")


def _storm(share: float, most: int, kinds: str = "") -> tuple[str, ...]:
    given = ("--storm", str(share), "--storm-max", str(most), "--no-specials")
    return (*given, *(("--storm-kinds", kinds) if kinds else ()))


def _runs_until_whole(made: Paper, most: int) -> tuple[list[int], Stored]:
    """The exit codes of as many runs as it took, and what was stored; wrong as soon as one is."""
    codes: list[int] = []
    stored = Stored()
    while len(codes) < most:
        codes.append(made.run().code)
        stored = made.stored()
        if stored.wrong or not stored.missing:
            break
    return codes, stored


def storm(short: bool) -> Figure:
    """F1: every kind of loud fault."""
    with paper("--articles", "60" if short else "400", *_storm(0.3, 2)) as made:
        codes, stored = _runs_until_whole(made, 1)
        faults = sum(made.server.stats()["faults"].values())
        checks = {
            "whole after one run": not stored.missing and not stored.wrong,
            "exit 0": codes == [0],
            "the archive verifies": not made.problems(),
        }
    holds, failed = all_hold(checks)
    return Figure(holds, f"{stored} in 1 run through {faults} faults, exit {codes}{failed}")


def silent(short: bool) -> Figure:
    """F2: what comes with status 200 and is not the page."""
    with paper("--articles", "60" if short else "400", *_storm(0.3, 2, SILENT)) as made:
        codes, stored = _runs_until_whole(made, 2)
        faults = sum(made.server.stats()["faults"].values())
        checks = {
            "whole after two runs": not stored.missing,
            "0 half articles": not stored.wrong,
            "no crash": not {1, 5} & set(codes),
        }
    holds, failed = all_hold(checks)
    runs = f"{len(codes)} runs through {faults} silent faults"
    return Figure(holds, f"{stored} after {runs}, exit {codes}{failed}")


def worse(short: bool) -> Figure:
    """F3: more faults than attempts; what is missing is known and comes with the calm."""
    with paper("--articles", "60" if short else "400", *_storm(0.6, 5)) as made:
        first = made.run()
        stored, states = made.stored(), made.record()["states"]
        listed = sum(states.get(name, 0) for name in ("failed", "discovered", "given_up"))
        known = len(stored.right) + listed
        made.server.control("set?storm=0")
        second = made.run()
        after = made.stored()
        checks = {
            "nothing wrong": not stored.wrong and not after.wrong,
            "what was found is stored or listed": known == sum(states.values()),
            "whole after the calm run": not after.missing,
            "the calm run ends with 0": second.code == 0,
        }
    holds, failed = all_hold(checks)
    return Figure(
        holds,
        f"first run: {stored}, {listed} listed as missing, exit {first.code}; "
        f"calm run: {after}, exit {second.code}{failed}",
    )


def bursts(short: bool) -> Figure:
    """F4: 30 of each 100 answers 503, then a site that is down for a whole run."""
    count = "60" if short else "400"
    with paper("--articles", count, "--no-specials", "--burst", "100:30:503") as made:
        codes = [made.run().code]
        after_first = made.stored()
        made.server.control("set?burst=")
        made.server.control("edition?n=2")
        made.server.control("fault?add=*=status:503")
        down = made.run()
        made.server.control("fault?clear=1")
        codes += [down.code, made.run().code]
        gone = {number for number, row in made.published().items() if row["gone"]}
        last = made.stored()
        checks = {
            "nothing wrong in the bursts": not after_first.wrong,
            "down ends with 4": down.code == 4,
            "whole after one more run": not last.missing - gone,
        }
    holds, failed = all_hold(checks)
    return Figure(
        holds,
        f"in bursts: {after_first}; down: exit {down.code} in {down.seconds:.1f} s; one more run: "
        f"{len(last.missing - gone)} missing, exits {codes}{failed}",
    )


def specials(short: bool) -> Figure:  # noqa: ARG001  (there are 26 of them either way)
    """F9: the 26 articles with hostile content."""
    with paper("--articles", "90") as made:
        ran = made.run()
        stored, lines = made.stored(), made.lines()
        published = {n: row for n, row in made.published().items() if row["special"]}
        odd = [_verdict(row, lines) for n, row in published.items() if n not in stored.right]
        garbled = sum(any(m in _words(line) for m in _MOJIBAKE) for line in lines)
        exact = len(published.keys() & stored.right)
        checks = {
            "the others are right": len(stored.right) >= 90 - len(published) + exact,
            "what is not exact is marked or loses nothing": all(odd),
            "0 U+FFFD, 0 mojibake": garbled == 0,
            "no crash": not ran.crashed,
        }
    holds, failed = all_hold(checks)
    return Figure(
        holds, f"{exact} of 26 exact; {'; '.join(odd)}; {garbled} garbled of {len(lines)}{failed}"
    )


def _verdict(row: dict[str, Any], lines: list[dict[str, Any]]) -> str:
    """What became of a hostile article that is not stored as published; "" for what must not be."""
    line = next((line for line in lines if line["id"].endswith(f":{row['id']}")), None)
    if line is None:
        return f"{row['special']}: failed, listed"
    if "layout_unknown" in line["warnings"] and line["published_at"] is None:
        return f"{row['special']}: stored undated, marked layout_unknown"
    if line["body"] == "\n\n".join([*row["body"], row["author"]]):
        return f"{row['special']}: a signature that names nobody stays the body's last paragraph"
    return ""


def _words(line: dict[str, Any]) -> str:
    return json.dumps([line[name] for name in ("headline", "lead", "body")], ensure_ascii=False)


def redesign(short: bool) -> Figure:
    """F10: later articles come in a markup nobody knows."""
    count = 40 if short else 200
    with tempfile.TemporaryDirectory() as name:
        other = Path(name) / "templates"
        shutil.copytree(HERE / "templates" / "tuyenquang", other)
        page = (other / "article.html").read_text(encoding="utf-8")
        page = page.replace('<h1 itemprop="headline">', '<div class="a">')
        page = page.replace("</h1>", "</div>")
        (other / "article.html").write_text(page, encoding="utf-8")
        archive = Path(name) / "archive"
        with paper("--articles", f"{count}", "--no-specials", folder=archive) as made:
            assert made.run().code == 0
            before = {line["id"]: line for line in made.lines()}
        with paper("--articles", f"{2 * count}", "--no-specials", folder=archive) as made:
            made.server.control(f"set?templates={other}")
            ran = made.run("-a", "refetch=0d")
            after = {line["id"]: line for line in made.lines()}
    kept = sum(after.get(id_) == line for id_, line in before.items())
    fresh = [line for id_, line in after.items() if id_ not in before]
    marked = sum("layout_unknown" in line["warnings"] for line in fresh)
    checks = {
        "exit 3": ran.code == 3,
        "every archived line stays": kept == len(before),
        "what is new is marked": marked == len(fresh) > 0,
    }
    holds, failed = all_hold(checks)
    return Figure(
        holds,
        f"exit {ran.code}; {kept} of {len(before)} archived lines unchanged; {marked} of "
        f"{len(fresh)} new ones marked layout_unknown{failed}",
    )


ROWS: Final = (
    Row("F1", "storm of loud faults, 30 %: all stored, all true", storm),
    Row("F2", "storm of silent faults, 30 %: all stored in 2 runs, 0 half articles", silent),
    Row("F3", "60 %, up to 5 attempts: nothing wrong, the missing listed and fetched later", worse),
    Row("F4", "bursts of 503, a site that is down: whole after one more run", bursts),
    Row("F9", "26 hostile articles exact or marked; 0 U+FFFD, 0 mojibake", specials),
    Row("F10", "a redesign: its own exit code, the archive untouched", redesign),
)
