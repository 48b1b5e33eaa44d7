"""Jobs on disk: many texts posted at once, answered one by one, safe from a kill and seen by every process.

Everything is in one SQLite file (write-ahead log). An item is leased before it is read; where the reader dies, the
lease runs out and the item is taken again. The first answer stays: nothing is answered twice.
"""

import json
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from secrets import token_hex

from model.errors import NianbaoError

MOST_TRIES = 3  # an item that took its reader down so often is answered as failed
_LEASE = 30  # seconds; a long text gets one more for each 15,000 bytes, 5,000 Chinese characters
_PATIENCE = 30  # seconds that a change waits for its turn at the file
_IMPATIENCE = 0.5  # the same of a claim, which is tried again anyway
_PAGE = 100  # answers held in memory while results are written out
_SCHEMA = """
CREATE TABLE IF NOT EXISTS jobs (
    id TEXT PRIMARY KEY, key TEXT UNIQUE, digest TEXT NOT NULL, created REAL NOT NULL, items INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS items (
    job TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE, number INTEGER NOT NULL, name TEXT, text TEXT,
    leased_until REAL NOT NULL DEFAULT 0, tries INTEGER NOT NULL DEFAULT 0, answer TEXT, failed INTEGER,
    PRIMARY KEY (job, number)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS unanswered ON items (job, number, leased_until) WHERE answer IS NULL;
CREATE INDEX IF NOT EXISTS progress ON items (job, failed, tries);
"""
_INSERT = "INSERT INTO items (job, number, name, text, answer, failed) VALUES (?, ?, ?, ?, ?, ?)"
_CLAIM = """
UPDATE items SET leased_until = :now + :lease + length(CAST(text AS BLOB)) / 15000, tries = tries + 1
WHERE (job, number) = (
    SELECT job, number FROM items WHERE answer IS NULL AND leased_until < :now ORDER BY job, number LIMIT 1
) RETURNING job, number, text, tries
"""


class KeyReused(NianbaoError):
    """An Idempotency-Key that came with another body before."""


class Occupied(NianbaoError):
    """Others kept the file to themselves for too long."""


@dataclass(frozen=True)
class Job:
    """How far a job is. `created`: seconds since 1970; `done` and `failed` count items, of `items` in all."""

    id: str
    status: str
    created: float
    items: int
    done: int
    failed: int


@dataclass(frozen=True)
class Entry:
    """One line of a job: a text to read under the client's name for it, or the refusal it already met."""

    id: str | None
    text: str | None
    refusal: dict | None = None


@dataclass(frozen=True)
class Claimed:
    """An item to be read now; `tries` counts this one."""

    job: str
    number: int
    text: str
    tries: int


class Jobs:
    """The jobs in one file, which is made with the first job. Every call may come from another thread or process."""

    def __init__(self, path: Path):
        self.path = path

    def create(self, entries: Iterable[Entry], key: str | None = None) -> Job:
        """A new job; or, where the same `key` came with the same entries before, that one.

        Raises KeyReused where the key came with other entries, and whatever `entries` raises; then nothing is stored.
        """
        job = f"{time.time_ns() // 1_000_000:012x}{token_hex(8)}"  # in the order of creation
        digest, count = sha256(), 0
        with self._transaction(_PATIENCE) as db:
            db.execute("BEGIN IMMEDIATE")
            db.execute("INSERT INTO jobs VALUES (?, NULL, '', ?, 0)", (job, time.time()))
            for entry in entries:
                digest.update(json.dumps([entry.id, entry.text, entry.refusal]).encode())
                answered = (None, None) if entry.refusal is None else (_as_json(entry.refusal), 1)
                db.execute(_INSERT, (job, count, entry.id, entry.text, *answered))
                count += 1
            earlier = db.execute("SELECT id, digest FROM jobs WHERE key = ?", (key,)).fetchone()
            if earlier:
                db.rollback()
                if earlier[1] != digest.hexdigest():
                    raise KeyReused("this Idempotency-Key came with another body before; use a new key for a new job")
            else:
                db.execute(
                    "UPDATE jobs SET key = ?, digest = ?, items = ? WHERE id = ?", (key, digest.hexdigest(), count, job)
                )
            return _found(db, earlier[0] if earlier else job)

    def knows(self, key: str) -> bool:
        """Whether a job came with that key."""
        with self._reading() as db:
            return bool(db and db.execute("SELECT 1 FROM jobs WHERE key = ?", (key,)).fetchone())

    def find(self, job: str) -> Job | None:
        """How far the job is; None where there is no such job."""
        with self._reading() as db:
            return db and _found(db, job)

    def results(self, job: str) -> Iterator[dict]:
        """Every answered item in the order of the body: number, id as given, status, and report or problem."""
        after = -1
        query = "SELECT number, name, answer FROM items WHERE job = ? AND number > ? AND answer IS NOT NULL"
        while True:
            with self._reading() as db:
                page = db.execute(f"{query} ORDER BY number LIMIT {_PAGE}", (job, after)).fetchall() if db else []
            if not page:
                return
            for number, name, answer in page:
                yield {"number": number, "id": name} | json.loads(answer)
            after = page[-1][0]

    def delete(self, job: str) -> bool:
        """Forgets a job, finished or not; False where there is none."""
        if not self.path.exists():
            return False
        with self._transaction(_PATIENCE) as db:
            return db.execute("DELETE FROM jobs WHERE id = ?", (job,)).rowcount > 0

    def claim(self) -> Claimed | None:
        """The next item to read, leased to the caller; None where nothing waits, or the file is taken."""
        if not self.path.exists():
            return None
        try:
            with self._transaction(_IMPATIENCE) as db:
                row = db.execute(_CLAIM, {"now": time.time(), "lease": _LEASE}).fetchone()
        except Occupied:
            return None
        return Claimed(*row) if row else None

    def answer(self, claimed: Claimed, outcome: dict) -> None:
        """Stores the outcome and forgets the text; no effect where the item was answered or its job deleted."""
        with self._transaction(_PATIENCE) as db:
            db.execute(
                "UPDATE items SET answer = ?, failed = ?, text = NULL WHERE job = ? AND number = ? AND answer IS NULL",
                (_as_json(outcome), int("problem" in outcome), claimed.job, claimed.number),
            )

    def waiting(self) -> int:
        """Items that no one has answered yet, of all jobs."""
        with self._reading() as db:
            return db.execute("SELECT count(*) FROM items WHERE answer IS NULL").fetchone()[0] if db else 0

    @contextmanager
    def _transaction(self, patience: float) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self.path, timeout=patience)) as db, db:
                _switch_to_wal(db)
                db.execute("PRAGMA synchronous = NORMAL")
                db.execute("PRAGMA foreign_keys = ON")
                db.executescript(_SCHEMA)  # in a file that another process has just made, or died while making, too
                yield db
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_BUSY:  # the other bytes say of what kind
                raise
            raise Occupied(f"{self.path}: others wrote for {patience} seconds; try again") from error

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection | None]:
        """A connection, or None where no job was ever posted."""
        if not self.path.exists():
            yield None
            return
        with self._transaction(_PATIENCE) as db:
            yield db


def _switch_to_wal(db: sqlite3.Connection) -> None:
    """Of two processes that switch a new file at once, SQLite lets one fail without waiting: it tries again."""
    until = time.monotonic() + _IMPATIENCE
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.01)


def _found(db: sqlite3.Connection, job: str) -> Job | None:
    row = db.execute("SELECT id, created, items FROM jobs WHERE id = ?", (job,)).fetchone()
    if not row:
        return None
    counted = "SELECT count(failed), coalesce(sum(failed), 0), max(tries) FROM items WHERE job = ?"  # none of the texts
    answered, failed, begun = db.execute(counted, (job,)).fetchone()
    status = "finished" if answered == row[2] else "running" if begun else "waiting"
    return Job(row[0], status, row[1], row[2], answered - failed, failed)


def _as_json(answer: dict) -> str:
    return json.dumps(answer, ensure_ascii=False)
