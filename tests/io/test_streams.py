"""The commands in a pipe, as real processes."""

import json
import os
import subprocess
import sys
from pathlib import Path
from threading import Timer

import pytest

ROOT = Path(__file__).parents[2]
CLEANER = [sys.executable, "-m", "cleaner"]


def line(number: int) -> bytes:
    record = {"n": number, "text": f"第{number}段正文，说的是一件事情。\nad1 webp\n", "id": f"r{number}"}
    return json.dumps(record, ensure_ascii=False).encode() + b"\n"


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_slow_pipe_is_answered_document_by_document(jobs: str) -> None:
    with subprocess.Popen(
        [*CLEANER, "strip", "-", "--no-history", "--jobs", jobs],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        late = Timer(120, process.kill)
        late.start()
        for number in range(30):
            process.stdin.write(line(number))
            process.stdin.flush()
            answer = process.stdout.readline()  # would wait for ever if the command waited for more
            assert json.loads(answer) == {
                "n": number,
                "text": f"第{number}段正文，说的是一件事情。\n",
                "id": f"r{number}",
            }
            assert answer.startswith(b'{"n": ')
        process.stdin.close()
        assert process.wait() == 0
        late.cancel()


@pytest.mark.skipif(os.name == "nt", reason="a pipe of POSIX")
def test_a_reader_that_leaves_while_input_is_awaited_ends_the_command_cleanly() -> None:
    with subprocess.Popen(
        [*CLEANER, "strip", "-"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(line(1))
        process.stdin.flush()
        process.stdout.readline()
        process.stdout.close()
        process.stdin.write(line(2))  # its answer finds nobody there; the next line never comes
        process.stdin.flush()
        assert process.wait(120) == 0
        assert process.stderr.read() == b""


@pytest.mark.skipif(os.name == "nt", reason="a pipe of POSIX")
def test_a_reader_that_leaves_ends_the_command_cleanly(tmp_path: Path) -> None:
    (tmp_path / "big.jsonl").write_bytes(b"".join(map(line, range(20_000))))
    script = f'cat big.jsonl | {sys.executable} -m cleaner strip - --jobs 1 | head -n 2; echo "${{PIPESTATUS[1]}}"'
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(["bash", "-c", script], cwd=tmp_path, env=environment, capture_output=True, check=True)
    first, second, status = done.stdout.splitlines()
    assert [json.loads(first)["id"], json.loads(second)["id"]] == ["r0", "r1"]
    assert status == b"0"
    assert done.stderr == b""


def test_bad_lines_are_named_and_the_rest_flows() -> None:
    given = line(1) + b"no json\n" + b'{"id": "x"}\n' + '{"text": "汉"}\n'.encode("gbk") + line(2)
    done = subprocess.run([*CLEANER, "strip", "-"], cwd=ROOT, input=given, capture_output=True, check=False)
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["id"] for row in told] == ["r1", "-#2", "-#3", "-#4", "r2"]
    assert "no JSON" in told[1]["error"]
    assert "no text under 'text' (it has 'id')" in told[2]["error"]
    assert "not UTF-8" in told[3]["error"]
    assert done.returncode == 1
