"""Newspapers crawled side by side in few processes, many in each.

A crawl that keeps to one request a second needs a hundredth of a core, and 2.6 MB in a process that
others share against 86 MB in one of its own. A process that dies, is stuck or holds too much memory
is given up, and its newspapers begin anew in two processes, half of them in each, and so on until
the one that is at fault has a process of its own. Nothing is lost by that: what was committed is
kept, and a crawl goes on where it was.
"""

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from newscrawl.cli.parallel_crawls import Ended, Fleet, Tell, lines_of, send_signal

NO_BEAT_MAX_S: Final = 120.0
"""Silence after which a process is taken for stuck; its beat comes every second"""

Lane = tuple[str, ...]


class SharedFleet(Fleet):
    """Crawls in few processes, many in each; a stop reaches all of them."""

    def __init__(
        self,
        command: Callable[[str], Sequence[str]],
        shared_command: Callable[[Sequence[str]], Sequence[str]],
        processes: int,
        tell: Tell,
        changed: Callable[[], None],
    ) -> None:
        """Take the commands that crawl one newspaper and that crawl several in one process."""
        super().__init__(command, processes, tell, changed)
        self.shared_command = shared_command
        self.counts: dict[str, Sequence[int]] = {}
        """Requests, new articles and failures so far, by newspaper"""
        self.seconds_left: dict[str, float] = {}
        """How long each run goes on at most, by newspaper"""
        self.no_beat_max_s = NO_BEAT_MAX_S
        self._shared: set[asyncio.subprocess.Process] = set()

    async def run(self, queue: Sequence[Lane]) -> list[Ended]:
        """Crawl every newspaper of the lanes once, all lanes at the same time."""
        self._heed_signals()
        await asyncio.gather(*map(self._crawl_group, spread(queue, self.processes)))
        return self.ended

    def stop(self, number: int) -> None:
        """Pass the signal on to every process, and begin nothing more."""
        super().stop(number)
        for process in self._shared - set(self.running.values()):
            send_signal(process, number)

    async def _crawl_group(self, group: Sequence[Lane]) -> None:
        """Crawl the lanes in one process; where it is given up, in two with half of the rest."""
        if len(group) == 1:
            for name in group[0]:
                await self.crawl_alone(name)
                self.say_change()
            return
        names = [name for lane in group for name in lane]
        done = await self._share(names)
        if self.is_stopping():
            self.ended.extend(Ended(name=name, code=-1) for name in names if name not in done)
            return
        left = [rest for lane in group if (rest := tuple(n for n in lane if n not in done))]
        if left:
            await asyncio.gather(*map(self._crawl_group, spread(left, 2)))

    async def _share(self, names: Sequence[str]) -> set[str]:
        """Crawl the newspapers in one process, and return those whose run has ended there."""
        try:
            process = await asyncio.create_subprocess_exec(
                *self.shared_command(names),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
                start_new_session=True,  # Ctrl-C reaches the crawls once, from `stop`
            )
        except OSError as error:
            self.say("crawlall", f"a process could not be started: {error.strerror}")
            return set()
        self._shared.add(process)
        if self.signal is not None:  # it came while the process was being made
            send_signal(process, self.signal)
        done: set[str] = set()
        reading = asyncio.ensure_future(self._read_errors(process))
        why = await self._follow(process, done)
        code = await process.wait()
        await reading
        self._shared.discard(process)
        for name in names:
            self.running.pop(name, None)
        left = [name for name in names if name not in done]
        if left and not self.is_stopping():
            why = why or f"ended with code {code}"
            self.say("crawlall", f"a process {why}: {', '.join(left)} begin anew, fewer in each")
        return done

    async def _follow(self, process: asyncio.subprocess.Process, done: set[str]) -> str | None:
        """Take in the process's events, and return why it was given up; None where it was not."""
        assert process.stdout is not None
        why = None
        try:
            async with asyncio.timeout(self.no_beat_max_s) as patience:
                async for line in lines_of(process.stdout):
                    patience.reschedule(asyncio.get_running_loop().time() + self.no_beat_max_s)
                    event: Mapping[str, Any] = json.loads(line)
                    if event["event"] == "memory":
                        why = f"held {event['bytes'] >> 20} MiB of at most {event['limit'] >> 20}"
                    self._take_in(process, event, done, is_given_up=why is not None)
        except TimeoutError:
            process.kill()
            return f"gave no sign for {self.no_beat_max_s:.0f} s and was killed"
        return why

    def _take_in(
        self,
        process: asyncio.subprocess.Process,
        event: Mapping[str, Any],
        done: set[str],
        *,
        is_given_up: bool,
    ) -> None:
        kind, name = event["event"], event.get("newspaper", "")
        if kind == "begins":
            self.running[name] = process
        elif kind == "line":
            self.say(name, event["text"])
        elif kind == "beat":
            self.counts |= event["counts"]
            self.seconds_left |= event.get("seconds_left", {})
        elif kind == "ends" and not (is_given_up and not self.is_stopping()):
            done.add(name)
            self.running.pop(name, None)
            self.ended.append(Ended(name=name, code=event["code"], seconds=event["seconds"]))
        self.say_change()

    async def _read_errors(self, process: asyncio.subprocess.Process) -> None:
        assert process.stderr is not None
        async for line in lines_of(process.stderr):
            self.say("", line.decode(errors="replace").rstrip())


def spread(queue: Sequence[Lane], groups: int) -> list[list[Lane]]:
    """Return the lanes in at most so many groups with about as many newspapers in each.

    >>> spread([("a",), ("b", "c"), ("d",), ("e",)], 2)
    [[('b', 'c'), ('e',)], [('a',), ('d',)]]
    >>> spread([("a",)], 2)
    [[('a',)]]
    """
    found: list[list[Lane]] = [[] for _ in range(min(groups, len(queue)))]
    for lane in sorted(queue, key=len, reverse=True):
        min(found, key=lambda group: sum(map(len, group))).append(lane)
    return found
