"""The jobs on disk: nothing is lost, nothing is answered twice."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service import jobs as module
from service.jobs import Entry, Jobs, KeyReused

TEXTS = [Entry("a", "一"), Entry(None, "二"), Entry("c", None, {"status": 422, "problem": {"code": "empty_text"}})]


@pytest.fixture
def jobs(tmp_path):
    return Jobs(tmp_path / "jobs.sqlite3")


def read_all(jobs):
    """Answers whatever waits by the text itself."""
    while claimed := jobs.claim():
        jobs.answer(claimed, {"status": 200, "report": claimed.text})


def test_no_file_is_made_before_the_first_job(jobs):
    assert (jobs.claim(), jobs.find("x"), list(jobs.results("x")), jobs.waiting()) == (None, None, [], 0)
    assert not jobs.delete("x")
    assert not jobs.path.exists()


def test_a_file_whose_tables_were_never_made_holds_no_jobs(jobs):
    jobs.path.touch()
    assert (jobs.claim(), jobs.find("x"), list(jobs.results("x")), jobs.waiting()) == (None, None, [], 0)
    assert not jobs.delete("x")
    jobs.create(TEXTS)
    assert jobs.waiting() == 2


def test_a_job_goes_from_waiting_to_finished(jobs):
    job = jobs.create(TEXTS)
    assert (job.status, job.items, job.done, job.failed) == ("waiting", 3, 0, 1)
    claimed = jobs.claim()
    assert jobs.find(job.id).status == "running"
    jobs.answer(claimed, {"status": 200, "report": {}})
    read_all(jobs)
    done = jobs.find(job.id)
    assert (done.status, done.done, done.failed) == ("finished", 2, 1)


def test_results_come_in_the_order_of_the_body(jobs):
    job = jobs.create(TEXTS)
    first, second = jobs.claim(), jobs.claim()
    jobs.answer(second, {"status": 200, "report": 2})
    jobs.answer(first, {"status": 200, "report": 1})
    assert list(jobs.results(job.id)) == [
        {"number": 0, "id": "a", "status": 200, "report": 1},
        {"number": 1, "id": None, "status": 200, "report": 2},
        {"number": 2, "id": "c", "status": 422, "problem": {"code": "empty_text"}},
    ]


@given(st.lists(st.text(), min_size=1, max_size=250))
def test_every_text_is_read_once_whatever_it_holds(tmp_path_factory, texts):
    jobs = Jobs(tmp_path_factory.mktemp("jobs") / "jobs.sqlite3")
    texts = [text.encode("utf-8", "replace").decode() for text in texts]
    job = jobs.create(Entry(None, text) for text in texts)
    read_all(jobs)
    assert [result["report"] for result in jobs.results(job.id)] == texts


def test_the_same_key_and_body_are_the_same_job(jobs):
    first = jobs.create(TEXTS, "k")
    assert jobs.create(TEXTS, "k") == first
    assert jobs.waiting() == 2


def test_a_key_is_not_taken_for_another_body(jobs):
    jobs.create(TEXTS, "k")
    with pytest.raises(KeyReused):
        jobs.create(TEXTS[:1], "k")
    assert jobs.waiting() == 2


def test_a_body_that_breaks_off_leaves_no_job(jobs):
    def breaking():
        yield TEXTS[0]
        raise ConnectionError

    with pytest.raises(ConnectionError):
        jobs.create(breaking(), "k")
    assert jobs.claim() is None
    assert jobs.create(TEXTS, "k").items == 3


def test_what_is_leased_is_not_given_away(jobs):
    jobs.create(TEXTS)
    assert [jobs.claim().text, jobs.claim().text, jobs.claim()] == ["一", "二", None]


def test_what_a_dead_reader_had_in_hand_is_taken_again(jobs, monkeypatch):
    monkeypatch.setattr(module, "_LEASE", -1)
    jobs.create(TEXTS[:1])
    assert [jobs.claim().tries for _ in range(3)] == [1, 2, 3]


def test_the_first_answer_stays(jobs, monkeypatch):
    monkeypatch.setattr(module, "_LEASE", -1)
    job = jobs.create(TEXTS[:1])
    slow, quick = jobs.claim(), jobs.claim()
    jobs.answer(quick, {"status": 200, "report": "quick"})
    jobs.answer(slow, {"status": 200, "report": "slow"})
    assert [result["report"] for result in jobs.results(job.id)] == ["quick"]


def test_texts_are_forgotten_when_answered(jobs):
    jobs.create(TEXTS)
    read_all(jobs)
    with sqlite3.connect(jobs.path) as db:
        assert db.execute("SELECT count(text) FROM items").fetchone() == (0,)


def test_a_deleted_job_is_gone_with_its_items(jobs):
    job = jobs.create(TEXTS)
    claimed = jobs.claim()
    assert jobs.delete(job.id)
    jobs.answer(claimed, {"status": 200, "report": {}})
    assert (jobs.find(job.id), list(jobs.results(job.id)), jobs.waiting()) == (None, [], 0)
    assert not jobs.delete(job.id)


def test_older_jobs_are_read_first(jobs, monkeypatch):
    moments = iter(range(10**18, 10**18 + 10**10, 10**9))
    monkeypatch.setattr(module.time, "time_ns", lambda: next(moments))
    for text in "甲乙丙":
        jobs.create([Entry(None, text)])
    assert [jobs.claim().text for _ in range(3)] == ["甲", "乙", "丙"]


def test_another_process_sees_the_same_jobs(jobs):
    job = jobs.create(TEXTS)
    other = Jobs(jobs.path)
    read_all(other)
    assert jobs.find(job.id).status == other.find(job.id).status == "finished"
