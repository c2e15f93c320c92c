"""Long work: it ends whatever happens, tells nothing of an exception, and is done by a worker beside the server."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests import serving
from tests.shell.folder import ROOT, TODAY, Folder
from tests.shell.people import client_of, user_of
from zhijia.core.access import Access
from zhijia.core.demo import World
from zhijia.core.models import Job, JobState
from zhijia.core.outcomes import Refused, Violation
from zhijia.shell import access
from zhijia.shell.work import jobs, kinds, worker
from zhijia.shell.work.running import Teller, perform

SECRET = "张三患病"


@pytest.fixture
def world(make_world: Callable[..., World], monkeypatch: pytest.MonkeyPatch, today: date) -> World:
    monkeypatch.setenv("ZHIJIA_TODAY", today.isoformat())
    return make_world("members")


@pytest.fixture
def chair(world: World, today: date) -> Access:
    return access.for_user(user_of(world, "chair", today), today)


@pytest.fixture
def client(chair: Access) -> Client:
    from zhijia.accounts.models import User

    return client_of(User.objects.get(pk=chair.user))


@pytest.fixture
def does(monkeypatch: pytest.MonkeyPatch) -> Callable[[kinds.Work], None]:
    """`does(work)`: the kind "package" does that instead."""

    def put(work: kinds.Work) -> None:
        kind = kinds.KINDS["package"]
        made = kinds.Kind(kind.title, kind.permission, work, lambda _job: "/package/", kind.back)
        monkeypatch.setitem(kinds.KINDS, "package", made)

    return put


def test_a_job_ends_with_its_result_and_leads_to_it(
    chair: Access, client: Client, does: Callable[[kinds.Work], None]
) -> None:
    does(lambda arguments, **_: {"term": arguments["term"]})
    job = jobs.start("package", "生成材料", {"term": 5}, by=chair)
    assert (job.state, job.result) == (JobState.DONE, {"term": 5})
    assert client.get(f"/jobs/{job.uid}/").headers["Location"] == "/package/"
    quick = client.get(f"/jobs/{job.uid}/", headers={"HX-Request": "true"})
    assert quick.headers["HX-Redirect"] == "/package/"
    assert "生成材料" in client.get("/jobs/").content.decode()


def test_a_refused_job_says_why_without_the_value(
    chair: Access, client: Client, does: Callable[[kinds.Work], None]
) -> None:
    def refuse(arguments: dict[str, Any], **_: Any) -> dict[str, Any]:
        raise Refused([Violation("x", "还没有登记届次", value=SECRET, mend="先登记届次")])

    does(refuse)
    job = jobs.start("package", "生成材料", {}, by=chair)
    assert job.state == JobState.REFUSED
    assert SECRET not in str(job.result)
    page = client.get(f"/jobs/{job.uid}/").content.decode()
    assert "还没有登记届次" in page
    assert "先登记届次" in page
    assert "再做一次" in page


def test_an_exception_is_noted_in_the_log_and_nowhere_else(
    chair: Access, client: Client, does: Callable[[kinds.Work], None]
) -> None:
    def fail(arguments: dict[str, Any], **_: Any) -> dict[str, Any]:
        raise ValueError(SECRET)

    does(fail)
    job = jobs.start("package", "生成材料", {}, by=chair)
    assert job.state == JobState.FAILED
    assert SECRET not in str(job.result)
    log = (Path(settings.ZHIJIA_HOME) / "logs" / "errors.log").read_text(encoding="utf-8")
    assert job.result["error"] in log
    assert SECRET not in log
    assert job.result["error"] in client.get(f"/jobs/{job.uid}/").content.decode()


def test_the_same_work_is_not_started_twice_and_is_done_once(
    chair: Access, does: Callable[[kinds.Work], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    done = []
    does(lambda _arguments, **_: {"n": done.append(1)})
    monkeypatch.setattr(jobs, "run_job", type("Never", (), {"enqueue": staticmethod(lambda _pk: None)}))
    one, other = (jobs.start("package", "生成材料", {"term": 5}, by=chair) for _ in range(2))
    assert one == other
    perform(one.pk)
    perform(one.pk)
    assert done == [1]


def test_a_post_that_was_handed_over_ends_the_right_to_the_work(
    chair: Access, does: Callable[[kinds.Work], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    from zhijia.members.models import Post

    does(lambda _arguments, **_: {})
    monkeypatch.setattr(jobs, "run_job", type("Never", (), {"enqueue": staticmethod(lambda _pk: None)}))
    job = jobs.start("package", "生成材料", {}, by=chair)
    Post.objects.filter(person=chair.person).update(end=chair.on)
    perform(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.REFUSED


def test_what_a_dead_worker_left_is_shown_as_interrupted_and_can_be_started_again(
    chair: Access, client: Client, does: Callable[[kinds.Work], None]
) -> None:
    does(lambda _arguments, **_: {"again": True})
    left = Job.objects.create(
        union_id=chair.union, user_id=chair.user, kind="package", label="生成材料", state=JobState.RUNNING,
        created_at=timezone.now(), started_at=timezone.now(), beat_at=timezone.now(),
    )  # fmt: skip
    assert "中断" not in client.get(f"/jobs/{left.uid}/").content.decode()
    assert jobs.interrupt_orphans() == 1
    assert "可以再做一次" in client.get(f"/jobs/{left.uid}/").content.decode()
    answer = client.post(f"/jobs/{left.uid}/again/")
    again = Job.objects.exclude(pk=left.pk).get()
    assert answer.headers["Location"] == f"/jobs/{again.uid}/"
    assert again.state == JobState.DONE
    assert client.post(f"/jobs/{again.uid}/again/").status_code == 422


def test_while_it_runs_the_page_asks_again_and_works_without_javascript(chair: Access, client: Client) -> None:
    job = Job.objects.create(
        union_id=chair.union, user_id=chair.user, kind="package", label="生成材料", state=JobState.RUNNING,
        created_at=timezone.now(), phase="读取记录", done=3, total=10, beat_at=timezone.now() - timedelta(minutes=9),
    )  # fmt: skip
    page = client.get(f"/jobs/{job.uid}/").content.decode()
    assert "读取记录（3/10）" in page
    assert 'data-hx-trigger="every 1s"' in page
    assert ">刷新</a>" in page
    assert "刷新" in page
    assert "没有进展" in page
    part = client.get(f"/jobs/{job.uid}/", headers={"HX-Request": "true"}).content.decode()
    assert "<nav" not in part
    assert "读取记录（3/10）" in part


def test_another_persons_job_is_not_there(chair: Access, client: Client, world: World, today: date) -> None:
    job = Job.objects.create(
        union_id=chair.union, user_id=chair.user + 1, kind="package", label="别人的", created_at=timezone.now()
    )
    assert client.get(f"/jobs/{job.uid}/").status_code == 404
    assert "别人的" not in client.get("/jobs/").content.decode()


def test_old_jobs_and_results_are_forgotten(chair: Access) -> None:
    long_ago = timezone.now() - timedelta(days=31)
    for state in (JobState.DONE, JobState.RUNNING):
        Job.objects.create(
            union_id=1, user_id=1, kind="package", label="旧", state=state, created_at=long_ago, finished_at=long_ago
        )
    DBTaskResult.objects.create(
        args_kwargs={"args": [1], "kwargs": {}}, task_path="x.y", backend_name="default", status="SUCCESSFUL",
        finished_at=long_ago, exception_class_path="", traceback="",
    )  # fmt: skip
    worker.tidy()
    assert list(Job.objects.values_list("state", flat=True)) == [JobState.RUNNING]
    assert not DBTaskResult.objects.exists()


def test_where_a_job_stands_is_left_untold_while_the_row_is_locked(
    chair: Access, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = Job.objects.create(
        union_id=1, user_id=1, kind="package", label="x", state=JobState.RUNNING, created_at=timezone.now()
    )
    teller = Teller(job.pk)
    teller("保存", 1, 2)
    teller._write()
    job.refresh_from_db()
    assert (job.phase, job.done, job.total) == ("保存", 1, 2)

    def locked(*_args: Any, **_fields: Any) -> int:
        raise OperationalError("database is locked")

    monkeypatch.setattr("django.db.models.query.QuerySet.update", locked)
    teller._write()


@pytest.mark.own_folder
def test_the_worker_beside_the_server_does_the_work_and_ends_with_it(copy: Folder) -> None:
    """The real thing: `serve` on a folder, a job put in the queue by another process, done by the worker."""
    env = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL",)}
    env |= {"ZHIJIA_HOME": str(copy.home), "ZHIJIA_TODAY": TODAY, "DJANGO_SETTINGS_MODULE": "zhijia.config.settings"}
    with serving.own_port() as port:
        command, url = [sys.executable, "-m", "zhijia", "serve", "--port", str(port)], f"http://127.0.0.1:{port}/login/"
        with serving.running(command, env, lambda: serving.get(url)) as server:
            uid = _ask(env, "START").strip()
            state = _ended(env, uid, server)
            assert state.startswith("done"), state + copy.log()
            assert len(_workers(copy.home)) == 1
            assert "SUCCESSFUL ''" in state, "nothing of the task is stored but that it ended"
    assert _workers(copy.home) == []
    assert not copy.log()


_SCRIPT = """
import sys, django
django.setup()
from datetime import date
from django_tasks_db.models import DBTaskResult
from zhijia.accounts.models import User
from zhijia.core.models import Job
from zhijia.shell import access
from zhijia.shell.work import jobs
if sys.argv[1] == "START":
    by = access.for_user(User.objects.get(username="zhuxi"), date(2026, 11, 20))
    print(jobs.start("package", "生成材料", {"term": None}, by=by).uid)
else:
    job = Job.objects.get(uid=sys.argv[2])
    print(job.state, job.phase, job.result, *(f"{one.status} {one.traceback!r}" for one in DBTaskResult.objects.all()))
"""


def _ended(env: dict[str, str], uid: str, server: subprocess.Popen[bytes]) -> str:
    """What came of the job, once it and the queue's task around it are over."""
    given_up = time.monotonic() + 600
    state = _ask(env, f"STATE {uid}")
    while state.startswith(("queued", "running")) or "RUNNING" in state or "READY" in state:
        assert server.poll() is None, state
        assert time.monotonic() < given_up, f"the worker hangs: {state}"
        time.sleep(1)
        state = _ask(env, f"STATE {uid}")
    return state


def _ask(env: dict[str, str], words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT, *words.split()], cwd=ROOT, env=env, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _workers(home: Path) -> list[int]:
    """The processes that work for the folder, where the system tells."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words, environment = (folder / "cmdline").read_bytes(), (folder / "environ").read_bytes()
        except OSError:
            continue
        if b"zhijia.shell.work" in words and f"ZHIJIA_HOME={home}\0".encode() in environment:
            found.append(int(folder.name))
    return found
