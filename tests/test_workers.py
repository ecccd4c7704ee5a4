"""The pool of worker processes. No test here asserts a duration; what hangs, hangs for ever."""

import itertools
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from healthsite import workers
from healthsite.workers import Crashed, TimedOut, WorkerError, Workers, _Queue

FUNCTIONS = "tests.workers_functions"
ROOT = Path(__file__).parent.parent
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


@pytest.fixture
def pool() -> Iterator[Workers]:
    before = {process.pid for process in multiprocessing.active_children()}  # a pool that other tests share
    with Workers(2) as opened:
        yield opened
    assert {process.pid for process in multiprocessing.active_children()} <= before


def run(pool: Workers, name: str, items, **options):
    return list(pool.map(f"{FUNCTIONS}:{name}", items, **options))


def is_running(pid: int) -> bool:
    """Whether there is such a process. (In a container an orphan may stay a zombie, as nobody asks for its exit code.)"""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not (status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z")


def wait_until_gone(pids: list[int]) -> None:
    """Poll for at most half a minute, which is no measure of anything."""
    for _ in range(300):
        if not any(is_running(pid) for pid in pids):
            return
        time.sleep(0.1)
    pytest.fail(f"still running: {[pid for pid in pids if is_running(pid)]}")


# --- what it does --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("limit", [None, 60])
@pytest.mark.parametrize("count", [0, 1, 2, 33, 1000])
def test_results_come_in_the_order_of_the_items(pool, count, limit):
    assert run(pool, "double", range(count), limit=limit) == [2 * i for i in range(count)]


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_any_number_of_workers(jobs):
    with Workers(jobs) as pool:
        assert run(pool, "double", iter(range(100)), batch=3) == list(range(0, 200, 2))


def test_no_jobs_is_refused():
    with pytest.raises(ValueError, match="at least one worker, not 0"):
        Workers(0)


def test_the_same_processes_serve_several_maps(pool):
    first = set(run(pool, "process_id", range(200)))
    second = set(run(pool, "process_id", range(200), limit=60))
    assert os.getpid() not in first
    assert len(first | second) <= 2


def test_context_goes_to_every_worker_and_is_not_kept(pool):
    assert run(pool, "echo", range(50), context="a") == [("a", i) for i in range(50)]
    assert run(pool, "echo", range(50), context=["b"], limit=60) == [(["b"], i) for i in range(50)]
    assert run(pool, "echo", range(50)) == [(None, i) for i in range(50)]


@pytest.mark.parametrize("limit", [None, 60])
def test_messages_larger_than_a_pipe(pool, limit):
    items = [bytes(300_000)] * 40
    assert run(pool, "echo", items, context=bytes(2_000_000), limit=limit)[-1] == (bytes(2_000_000), bytes(300_000))
    assert run(pool, "big", range(100), limit=limit) == [bytes([i]) * 300_000 for i in range(100)]


def test_nothing_to_do_starts_no_process(pool):
    before = multiprocessing.active_children()
    assert run(pool, "double", []) == []
    assert multiprocessing.active_children() == before


def test_one_item_starts_one_process(pool):
    before = len(multiprocessing.active_children())
    assert run(pool, "double", [1]) == [2]
    assert len(multiprocessing.active_children()) == before + 1


@pytest.mark.parametrize("count, started", [(8, 1), (9, 2), (0, 2)])
def test_for_a_message_of_items_no_second_process_is_started(pool, count, started):
    items = range(count) if count else map(int, range(9))  # the number of the latter is not known
    assert list(pool.map(f"{FUNCTIONS}:double", items, batch=8)) == list(range(0, 2 * (count or 9), 2))
    assert len(pool._workers) == started


def test_start_starts_all_and_maps_use_them(pool):
    before = {process.pid for process in multiprocessing.active_children()}
    pool.start(f"{FUNCTIONS}:process_id", "no.such.module:at_all")
    started = {process.pid for process in multiprocessing.active_children()} - before
    assert len(started) == 2
    assert set(run(pool, "process_id", range(100))) <= started


def test_a_worker_without_work_imports_what_is_announced(pool):
    """One module for each time that it has nothing else to do, until it has them all."""
    pool.start("no.such.module:at_all", "colorsys:a", "this_is_not_a_name", "sndhdr:b", count=1)
    announced = ["colorsys", "sndhdr"]
    waiting = time.monotonic() + 60
    while not all(run(pool, "is_imported", announced)):
        assert time.monotonic() < waiting, "it never did"


def test_workers_that_wait_for_orders_are_prepared_once_each(pool):
    pool.prepare(f"{FUNCTIONS}:prepare", "nobody is there")
    assert not pool._workers
    run(pool, "double", range(100))
    ready = {worker.process.pid for worker in pool._workers if worker.ready}
    pool.prepare(f"{FUNCTIONS}:prepare", ["a context"])
    found = dict(run(pool, "prepared", range(100)))
    assert ready
    assert all(contexts == ([["a context"]] if pid in ready else []) for pid, contexts in found.items())


def test_workers_are_prepared_again_when_they_have_done_what_came_before(pool):
    run(pool, "double", range(100))
    for context in ("one", "other"):
        assert all(worker.ready or worker.connection.poll(60) for worker in pool._workers)
        pool.prepare(f"{FUNCTIONS}:prepare", context)
    assert {tuple(contexts) for _, contexts in run(pool, "prepared", range(100))} == {("one", "other")}


@pytest.mark.parametrize("function", [f"{FUNCTIONS}:prepare", f"{FUNCTIONS}:nothing", "no.such:module"])
def test_a_preparation_that_fails_is_no_matter(pool, function):
    run(pool, "double", range(100))
    pool.prepare(function, "fail")
    pool.prepare(function, "fail")  # those that are at it are left alone
    assert run(pool, "double", range(100)) == list(range(0, 200, 2))


@POSIX
def test_a_worker_that_is_gone_when_it_is_to_be_prepared_is_replaced(pool):
    run(pool, "double", range(100))
    for worker in pool._workers:
        os.kill(worker.process.pid, signal.SIGKILL)
        worker.process.join()
    pool.prepare(f"{FUNCTIONS}:prepare", "x" * 1_000_000)
    assert run(pool, "double", range(100)) == list(range(0, 200, 2))


def test_items_are_pulled_only_so_far_ahead(pool):
    pulled: list[int] = []

    def items() -> Iterator[int]:
        for item in range(100_000):
            pulled.append(item)
            yield item

    results = pool.map(f"{FUNCTIONS}:double", items(), batch=4)
    assert [next(results) for _ in range(10)] == list(range(0, 20, 2))
    assert len(pulled) <= 10 + 4 * 2 * 8
    results.close()


# --- limits --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("function, guilty", [
    *itertools.product(["hang_at", "hang_with_lock_at"], [{0}, {7}, {99}, {3, 4, 50}]),
    ("hang_in_regex_at", {7}),
])  # fmt: skip
def test_exactly_the_item_at_fault_times_out(pool, function, guilty):
    expected = [TimedOut(0.5) if i in guilty else i for i in range(100)]
    assert run(pool, function, range(100), context=guilty, limit=0.5) == expected


def test_the_items_of_a_batch_that_hangs_are_run_once_more_one_by_one(tmp_path):
    log = tmp_path / "log"
    with Workers(1) as pool:
        results = run(pool, "log_and_hang_at", (i for i in range(8)), context=(str(log), 4), limit=0.5, batch=8)
    assert results == [0, 1, 2, 3, TimedOut(0.5), 5, 6, 7]
    assert log.read_text().split() == [str(i) for i in (*range(5), *range(8))]


def test_items_that_take_long_are_answered_before_the_batch_is_done(tmp_path):
    log = tmp_path / "log"
    with Workers(1) as pool:
        results = run(pool, "log_nap_and_hang_at", range(6), context=(str(log), 0.6, 4), limit=1, batch=6)
    assert results == [0, 1, 2, 3, TimedOut(1), 5]
    assert log.read_text().split().count("0") == 1


def test_the_limit_does_not_count_the_import_of_a_function(pool, tmp_path, monkeypatch):
    (tmp_path / "slow_to_import.py").write_text("import time\ntime.sleep(1.5)\ndef echo(context, item): return item\n")
    monkeypatch.syspath_prepend(tmp_path)  # workers start with the search path of their parent
    assert list(pool.map("slow_to_import:echo", range(40), limit=0.5)) == list(range(40))


def test_the_limit_is_for_an_item_and_not_for_a_batch(pool):
    assert run(pool, "nap", (i for i in range(12)), context=0.3, limit=1, batch=6) == list(range(12))


def test_the_work_runs_only_so_far_ahead_of_an_item_that_hangs(pool):
    pulled: list[int] = []

    def items() -> Iterator[int]:
        for item in range(100_000):
            pulled.append(item)
            yield item

    results = pool.map(f"{FUNCTIONS}:hang_at", items(), context={0}, limit=0.5, batch=4)
    assert next(results) == TimedOut(0.5)
    assert 4 * 2 < len(pulled) <= 4 * 2 * 8
    results.close()


def test_a_caller_who_is_away_for_longer_than_the_limit_changes_nothing(pool):
    results = []
    for result in pool.map(f"{FUNCTIONS}:double", range(60), limit=0.5, batch=8):
        results.append(result)
        if result == 0:
            time.sleep(1)
    assert results == list(range(0, 120, 2))


# --- accidents -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("limit", [None, 60])
@pytest.mark.parametrize("guilty", [{0}, {7}, {3, 4, 50}])
def test_a_crash_is_the_result_of_exactly_the_item_at_fault(pool, guilty, limit):
    expected = [Crashed("ended with exit code 3") if i in guilty else i for i in range(100)]
    assert run(pool, "exit_at", range(100), context=guilty, limit=limit) == expected


@POSIX
def test_a_killed_worker_is_a_crash(pool):
    results = run(pool, "kill_itself_at", range(20), context={5}, limit=60)
    assert results == [*range(5), Crashed("ended by signal 9"), *range(6, 20)]


@pytest.mark.parametrize("batch", [1, 6])
@pytest.mark.parametrize("limit", [None, 60])
def test_an_item_gets_a_second_chance(pool, tmp_path, limit, batch):
    items = (i for i in range(6))
    assert run(pool, "exit_the_first_time", items, context=str(tmp_path), limit=limit, batch=batch) == list(range(6))


@POSIX
def test_workers_killed_between_two_maps_are_replaced(pool):
    pids = list(set(run(pool, "process_id", range(100))))
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
    wait_until_gone(pids)
    assert run(pool, "double", range(100)) == list(range(0, 200, 2))


@pytest.mark.parametrize("limit", [None, 60])
def test_an_exception_is_raised_here_with_the_traceback_from_there(pool, limit):
    results = pool.map(f"{FUNCTIONS}:fail_at", range(100), context={40}, limit=limit)
    with pytest.raises(
        WorkerError, match=r"(?s)workers_functions\.py.*in fail_at.*FileNotFoundError: no such thing as item 40"
    ):
        list(results)
    assert run(pool, "double", range(20)) == list(range(0, 40, 2))


@pytest.mark.parametrize("function, text", [
    (f"{FUNCTIONS}:no_such_function", "AttributeError"),
    ("no.such.module:at_all", "ModuleNotFoundError"),
    (f"{FUNCTIONS}:exit_at_once", "SystemExit: 7"),
    (f"{FUNCTIONS}:unpicklable", "pickle"),
])  # fmt: skip
def test_what_cannot_work_says_so(pool, function, text):
    with pytest.raises(WorkerError, match=text):
        list(pool.map(function, range(100)))
    assert run(pool, "double", range(20)) == list(range(0, 40, 2))


def test_workers_that_cannot_start_are_not_started_for_ever(pool, monkeypatch):
    starts: list[tuple[str, ...]] = []
    start_worker = workers._start_worker

    def start_and_count(functions: tuple[str, ...]):
        starts.append(functions)
        return start_worker(functions)

    monkeypatch.setattr(workers, "_serve", os._exit)  # called with two arguments: the worker ends with an error
    monkeypatch.setattr(workers, "_start_worker", start_and_count)
    with pytest.raises(WorkerError, match="3 workers in succession died"):
        run(pool, "double", range(20))
    assert len(starts) <= 5


# --- ends ----------------------------------------------------------------------------------------------------------


def test_an_abandoned_map_leaves_the_pool_usable(pool, tmp_path):
    results = _left_at_work(pool, tmp_path)
    assert any(worker.tasks for worker in pool._workers)
    results.close()
    assert not any(worker.tasks for worker in pool._workers)
    assert run(pool, "double", range(100)) == list(range(0, 200, 2))


def _left_at_work(pool, tmp_path):
    """A map of which one result is there, and the worker that gave it hangs at the other half of its batch."""
    context = (str(tmp_path / "log"), 0.6, 1)
    results = pool.map(f"{FUNCTIONS}:log_nap_and_hang_at", range(100), context=context, limit=600, batch=2)
    assert next(results) == 0  # it took so long that it was answered by itself
    return results


def test_a_new_map_ends_the_one_before(pool, tmp_path):
    before = _left_at_work(pool, tmp_path)
    busy = [worker for worker in pool._workers if worker.tasks]
    after = pool.map(f"{FUNCTIONS}:echo", range(50))
    assert next(after) == (None, 0)
    assert busy
    assert not set(busy) & set(pool._workers)
    assert list(after) == [(None, i) for i in range(1, 50)]
    with pytest.raises(RuntimeError, match="given to another map"):
        list(before)


def test_stop_ends_the_processes_and_leaves_the_pool_usable(pool, tmp_path):
    results = _left_at_work(pool, tmp_path)
    pids = [worker.process.pid for worker in pool._workers]
    assert any(worker.tasks for worker in pool._workers)
    for _ in range(2):  # the second time there is nothing to stop
        pool.stop()
        assert pool._workers == []
        assert not any(is_running(pid) for pid in pids)
    assert run(pool, "double", range(10)) == list(range(0, 20, 2))
    results.close()


@POSIX
def test_any_number_of_workers_killed_while_they_had_nothing_to_do_are_replaced():
    with Workers(6) as many:
        many.start()
        run(many, "nap", range(60), context=0.01)
        assert len(many._workers) == 6
        for worker in many._workers:
            worker.process.kill()
            worker.process.join()
        assert run(many, "double", range(100)) == list(range(0, 200, 2))


def test_close_ends_the_processes_and_can_be_called_again():
    pool = Workers(2)
    pids = set(run(pool, "process_id", range(100)))
    assert next(pool.map(f"{FUNCTIONS}:hang_at", range(100), context={50})) == 0
    pool.close()
    pool.close()
    for pid in pids:
        if sys.platform != "win32":
            with pytest.raises(ProcessLookupError):  # not even a zombie
                os.kill(pid, 0)
    for use in (pool.start, lambda: pool.map("a:b", [])):
        with pytest.raises(RuntimeError, match="is closed"):
            use()


def test_a_program_that_forgets_to_close_its_pool_ends_all_the_same():
    code = f"from healthsite.workers import Workers; pool = Workers(2); print(*pool.map('{FUNCTIONS}:process_id', range(9)))"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    wait_until_gone([int(pid) for pid in run.stdout.split()])


PARENT = """
import signal
import sys
from healthsite.workers import Workers

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs are started with it ignored
    with Workers(3) as pool:
        pool.start()
        print(*[worker.process.pid for worker in pool._workers], flush=True)
        if sys.argv[1:]:
            function, limit = sys.argv[1], float(sys.argv[2]) or None
            for result in pool.map("tests.workers_functions:" + function, range(100), context={0, 50}, limit=limit):
                pass
        sys.stdin.read()
"""


@pytest.fixture
def parent(tmp_path) -> Iterator:
    """Starts a program with a pool of 3; gives the program and its workers' ids, and kills what is left of them."""
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    started: list[subprocess.Popen] = []
    pids: list[int] = []

    def start(*arguments: str):
        pipe = subprocess.PIPE
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        program = subprocess.Popen(
            [sys.executable, script, *arguments],
            env=environment,
            stdin=pipe,
            stdout=pipe,
            stderr=pipe,
            text=True,
            start_new_session=True,
        )
        started.append(program)
        assert program.stdout is not None
        pids.extend(int(pid) for pid in program.stdout.readline().split())
        assert len(pids) == 3
        return program, pids

    yield start
    for program in started:
        program.kill()
        program.communicate()
    for pid in filter(is_running, pids):
        os.kill(pid, signal.SIGKILL)


@POSIX
@pytest.mark.parametrize("arguments", [(), ("hang_at", "0"), ("hang_at", "60")])
@pytest.mark.parametrize("delay", [0, 0.5])  # when they start, and when they are at their items
def test_workers_end_when_their_parent_is_killed(parent, arguments, delay):
    program, pids = parent(*arguments)
    time.sleep(delay)
    program.kill()
    program.wait()
    wait_until_gone(pids)


@POSIX
@pytest.mark.slow
def test_even_a_worker_that_holds_the_interpreter_lock_ends_after_its_parent(parent):
    program, pids = parent("hang_with_lock_at", "2")
    time.sleep(1)
    program.kill()
    program.wait()
    wait_until_gone(pids)


@POSIX
@pytest.mark.parametrize("delay", [0, 0.01, 0.02, 0.03, 0.05, 0.1, 0.5])  # the first ones hit workers at their start
def test_ctrl_c_ends_all_with_one_traceback(parent, delay):
    program, pids = parent("hang_at", "0")
    time.sleep(delay)
    os.killpg(program.pid, signal.SIGINT)  # as a terminal does: to the parent and the workers
    _, errors = program.communicate()
    assert errors.count("Traceback") == 1
    assert errors.rstrip().endswith("KeyboardInterrupt")
    wait_until_gone(pids)


def test_the_last_batches_are_smaller_and_smaller():
    queue = _Queue(iter(range(100)), 16, jobs=2)
    sizes: list[int] = []
    while queue.batches(2, due=sum(sizes)):
        sizes.append(len(queue.take()))
    assert sum(sizes) == 100
    assert sizes[:4] == [16, 16, 16, 16]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-2:] == [1, 1]


def test_each_part_of_a_work_is_done_for_all_items_of_a_batch_before_the_next_part_is(tmp_path):
    log = tmp_path / "log"
    with Workers(1) as one:
        results = run(one, "in_parts", (i for i in range(8)), context=(str(log), (None, None)), batch=4)
    assert results == list(range(0, 16, 2))
    lines = log.read_text().splitlines()
    firsts, seconds = ([f"{part} {item}" for item in range(4)] for part in ("first", "second"))
    assert lines[:10] == [*firsts, *seconds, "third 1", "third 3"]
    assert [line for line in lines if line.endswith("5")] == ["first 5"]
    assert len(lines) == len(set(lines)) == 18


def test_garbage_is_collected_after_each_batch():
    with Workers(1) as one:
        assert run(one, "leave_a_cycle", (i for i in range(9)), batch=4) == [0, 0, 0, 0, 4, 4, 4, 4, 8]


def test_what_was_kept_over_many_batches_is_collected_before_the_next_map():
    with Workers(1) as one:
        assert run(one, "keep_a_cycle", (i for i in range(10)), batch=2) == [0] * 10
        assert run(one, "keep_a_cycle", iter([1])) == [1]


def test_a_part_that_hangs_or_raises_is_told_of_its_item(tmp_path):
    with Workers(1) as one:
        log = str(tmp_path / "log")
        results = run(one, "in_parts", iter(range(3)), context=(log, (1, None)), limit=0.5, batch=3)
        assert results == [0, TimedOut(0.5), 4]
        with pytest.raises(WorkerError, match="in the second part"):
            run(one, "in_parts", iter(range(3)), context=(log, (None, 1)), batch=3)
