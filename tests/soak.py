"""A long run against the served model: many clients, bad inputs among good ones, and kills from which it comes back.

    PYTHONPATH=. python tests/soak.py --reports 10000 --clients 4

Exits with 1 where a rule is broken: every item of a job is answered exactly once and in its place, one Idempotency-Key
is one job, every answer is about the text that was sent, no input breaks the service, memory stays.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import count, islice
from pathlib import Path
from random import Random

import httpx2
import typer
from bad_inputs import BATCH, CASES, EXTRACT, JOBS, LINES, TYPE, UTF_8

from training.synthesis.compose import compose

ROOT = Path(__file__).parent.parent
KILLS = 6
MOST_GROWTH = 5  # per cent of the memory after warm-up
LONGEST_REPORT, POOL = 5_000, 40  # characters of a report; reports, each sent under many numbers
PATIENCE = 30  # waits of 20 seconds until the items of a job count as lost
RULES = ("items lost", "items twice", "items out of place", "jobs twice under one key", "wrong answers")
# Each kind of work with the good reports it holds, and how often it comes up.
SIZES, SHARES = {"one": 1, "bad": 0, "batch": 3, "job": 10}, (12, 4, 2, 1)
BAD = [
    case for case in CASES
    if case.method == "POST" and case.path in (EXTRACT, BATCH, JOBS)
    and set(case.headers) <= {TYPE, "Content-Encoding"} and len(case.body) < 20_000
]  # fmt: skip


class Service:
    """`nianbao serve` as a process of its own, on one file of jobs through all its lives."""

    def __init__(self, folder: Path):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address, self.log, self.starts = f"http://127.0.0.1:{self.port}", folder / "log", []
        settings = {name: value for name, value in os.environ.items() if not name.startswith("NIANBAO_")}
        self.environment = settings | {"NIANBAO_JOBS": str(folder / "jobs.sqlite3")}

    def __enter__(self) -> "Service":
        """Returns when the model answers."""
        begun = time.monotonic()
        command = [sys.executable, "nianbao.py", "serve", "--port", str(self.port)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)
        while not self._ready():
            self.demand_alive()
            time.sleep(0.02)
        self.starts.append(time.monotonic() - begun)
        return self

    def _ready(self) -> bool:
        try:
            return httpx2.get(f"{self.address}/readyz").status_code == 200
        except httpx2.TransportError:
            return False

    def demand_alive(self) -> None:
        if self.process.poll() is not None:
            print(f"the service ended by itself:\n{self.log.read_text('utf-8')[-2000:]}", flush=True)
            os._exit(1)  # the clients would wait for it for ever

    def __exit__(self, *_) -> None:
        """No farewell: SIGKILL."""
        self.process.kill()
        self.process.wait()

    def restart(self) -> None:
        self.__exit__()
        self.__enter__()

    def resident(self) -> float:
        """Megabytes of memory it holds."""
        status = Path(f"/proc/{self.process.pid}/status").read_text("utf-8")
        return int(status.partition("VmRSS:")[2].split()[0]) / 1000


class Client(threading.Thread):
    """Does one piece of `work` after the other, and counts what it sees; several clients share the iterator."""

    def __init__(self, service: Service, work: Iterator[tuple[str, int]], pool: list[str]):
        super().__init__(daemon=True)
        self.http = httpx2.Client(base_url=service.address, timeout=90)
        self.work, self.pool, self.counts = work, pool, Counter()

    def run(self) -> None:
        for kind, number in self.work:
            try:
                getattr(self, kind)(number)
            except Exception as error:
                self.counts["wrong answers"] += 1
                print(f"{kind} {number}: {error!r}", flush=True)

    def ask(self, method: str, path: str, **body) -> httpx2.Response:
        """The answer, asked for again while the service is down, loading or busy."""
        while True:
            try:
                response = self.http.request(method, path, **body)
            except httpx2.TransportError:
                time.sleep(0.2)
                continue
            if response.status_code < 400:
                return response
            self.counts[f"refused: {response.json()['code']}"] += 1
            if response.status_code != 503:
                return response
            time.sleep(0.5)

    def one(self, number: int) -> None:
        item = {"id": None, "text": self.text(number)}
        response = self.ask("POST", EXTRACT, content=item["text"].encode(), headers=UTF_8).raise_for_status()
        self.judge({"id": None, "status": 200, "report": response.json()}, item)

    def bad(self, number: int) -> None:
        case = BAD[number % len(BAD)]
        headers = {name: value.encode("latin-1") for name, value in case.headers.items()}
        status = self.ask("POST", case.path, content=case.body, headers=headers).status_code
        assert status == case.expected, f"{case.name}: {status}"

    def batch(self, number: int) -> None:
        items = self.items(number, SIZES["batch"])
        for outcome, item in zip(self.ask("POST", BATCH, json={"items": items}).json()["items"], items, strict=True):
            self.judge(outcome, item)

    def job(self, number: int) -> None:
        """A job that is posted twice under its key, waited for, and fetched."""
        items = self.items(number, SIZES["job"])
        lines = "".join(json.dumps(item) + "\n" for item in items).encode()
        headers = LINES | {"Idempotency-Key": f"soak-{number}"}
        one, again = (self.ask("POST", JOBS, content=lines, headers=headers).json()["id"] for _ in range(2))
        self.counts["jobs twice under one key"] += one != again
        for _ in range(PATIENCE):
            if self.ask("GET", f"{JOBS}/{one}?wait=20").json()["status"] == "finished":
                break
        found = [json.loads(line) for line in self.ask("GET", f"{JOBS}/{one}/results").text.split("\n") if line]
        numbers = [outcome.get("number", -1) for outcome in found]
        self.counts["items lost"] += len(set(range(len(items))) - set(numbers))
        self.counts["items twice"] += len(numbers) - len(set(numbers))
        self.counts["items out of place"] += numbers != sorted(numbers)
        for outcome in found:
            self.judge(outcome, items[outcome["number"]])

    def text(self, number: int, part: int = 0) -> str:
        return f"第{number}-{part}份\n{self.pool[(number + part) % len(self.pool)]}"

    def items(self, number: int, size: int) -> list[dict]:
        """So many good items between two bad ones."""
        good = [{"id": f"{number}-{part}", "text": self.text(number, part)} for part in range(size)]
        return [{"id": "empty", "text": " "}, *good, {"id": "no text"}]

    def judge(self, outcome: dict, item: dict) -> None:
        """Counts one outcome, which must be of this item and about its text."""
        if outcome["id"] != item["id"]:
            self.counts["items out of place"] += 1
        elif outcome["status"] != 200:
            self.counts[f"refused: {outcome['problem']['code']}"] += 1
        else:
            text, report = item["text"], outcome["report"]
            places = [*report["evidence"].values(), *report["facts"]]
            assert report["text_sha256"] == sha256(text.encode()).hexdigest(), item["id"]
            assert all(text[place["start"] : place["end"]] == place["text"] for place in places), item["id"]
            self.counts["reports read"] += 1


@dataclass(frozen=True)
class Soak:
    """One run of so many `clients`, phase by phase."""

    service: Service
    clients: int
    pool: list[str]
    threads: list[Client] = field(default_factory=list)
    rng: Random = field(default_factory=lambda: Random(1))
    numbers: Iterator[int] = field(default_factory=count)

    def phase(self, reports: int, kills: int = 0) -> None:
        """So many reports are read; meanwhile the service is killed as often, at random moments, and started again."""
        work = iter(self._work(reports))  # a list's iterator can be shared
        moments = sorted(self.rng.randrange(max(1, reports * 3 // 4)) for _ in range(kills))
        threads = [Client(self.service, work, self.pool) for _ in range(self.clients)]
        self.threads.extend(threads)
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            self.service.demand_alive()
            if moments and sum(thread.counts["reports read"] for thread in threads) >= moments[0]:
                moments.pop(0)
                time.sleep(self.rng.random())
                self.service.restart()
            time.sleep(0.05)

    def _work(self, reports: int) -> list[tuple[str, int]]:
        """Pieces of work, (kind, number), that hold so many reports."""
        pieces = []
        while reports > 0:
            (kind,) = self.rng.choices(list(SIZES), SHARES)
            reports -= SIZES[kind]
            pieces.append((kind, next(self.numbers)))
        return pieces


def main(reports: int = 10_000, clients: int = 4) -> None:
    """Half of the reports with kills, half without; memory is compared between a third of that half and its end."""
    begun, composed = time.monotonic(), (compose(seed).text for seed in count(7_000_000))
    pool = list(islice((text for text in composed if len(text) <= LONGEST_REPORT), POOL))
    with tempfile.TemporaryDirectory() as folder, Service(Path(folder)) as service:
        soak = Soak(service, clients, pool)
        soak.phase(reports // 2, KILLS)
        soak.phase(reports // 6)
        warm = service.resident()
        soak.phase(reports - reports // 2 - reports // 6)
        end = service.resident()
    counts = sum((thread.counts for thread in soak.threads), Counter(kills=len(service.starts) - 1))
    growth = 100 * (end / warm - 1)
    for what in ("reports read", "kills", *RULES, *sorted(name for name in counts if name.startswith("refused"))):
        print(f"{what:34}{counts[what]:,}")
    print(f"{'memory':34}{warm:.0f} MB after warm-up, {end:.0f} MB at the end ({growth:+.1f} %)")
    print(f"{'start-up':34}{min(service.starts):.1f} to {max(service.starts):.1f} s")
    print(f"{'wall time':34}{time.monotonic() - begun:.0f} s")
    sys.exit(growth > MOST_GROWTH or any(counts[rule] for rule in RULES))


if __name__ == "__main__":
    typer.run(main)
