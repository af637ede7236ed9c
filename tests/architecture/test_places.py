"""The project names no registry host and no path of the machine it was made on."""

import pytest

from tests.architecture.checks.places import HOSTS, machine_paths, names_a_place, tracked

MACHINE = "/srv/somebody/throughcare"


def test_no_tracked_file_names_a_host_or_a_path_of_this_machine(repo):
    if not (repo / ".git").exists():
        pytest.skip("not a checkout: what is tracked is not known")
    assert names_a_place(tracked(repo), root=repo, paths=machine_paths(repo)) == []


@pytest.mark.parametrize(
    ("line", "named"),
    [
        (f'"resolved": "https://registry.{HOSTS[2]}/left-pad"', HOSTS[2]),
        (f"--index-url https://{HOSTS[0]}/simple", HOSTS[0]),
        (f"cd {MACHINE}/src", MACHINE),
        (f"HOME={MACHINE}", MACHINE),
        (f"cd {MACHINE}-two", None),
        ("cd /srv/somebody", None),
        ("https://www.gov.uk/government/statistics", None),
    ],
)
def test_a_planted_place_is_found(tmp_path, line, named):
    file = tmp_path / "notes.txt"
    file.write_text(f"first\n{line}\n")
    found = names_a_place([file], root=tmp_path, paths=[MACHINE])
    assert [str(f) for f in found] == ([f"notes.txt:2 names {named}"] if named else [])


def test_a_file_that_is_not_text_is_passed_over(tmp_path):
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"\x89PNG\xff\xfe")
    assert names_a_place([picture], root=tmp_path, paths=[MACHINE]) == []
