"""`throughcare subject-access` as a user meets it: whole files or none, and exit codes."""


import pytest

from tests.cli.test_commands import PEOPLE, throughcare


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("home")
    (folder / "police-people.csv").write_text(PEOPLE + "P1,2003/0004401D,,Ansel,Inscope,1991-03-09,M,White\n")
    assert throughcare("import", folder / "police-people.csv", home=folder / "var").returncode == 0
    return folder / "var"


@pytest.mark.parametrize("suffix, begins", [("html", b"<!DOCTYPE html>"), ("pdf", b"%PDF"), ("txt", b"")])
def test_it_writes_what_is_held_in_the_form_of_the_file_s_name(home, tmp_path, suffix, begins):
    output = tmp_path / "deep" / f"pack.{suffix}"
    done = throughcare("subject-access", "2003/0004401D", "--output", output, home=home)
    assert done.returncode == 0, done.stderr
    assert output.read_bytes().startswith(begins) and [file.name for file in output.parent.iterdir()] == [output.name]
    if suffix != "pdf":
        text = " ".join(output.read_text().split())
        assert "Inscope" in text and "The law allows some things to be kept back" in text
    assert output.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("person, name, says", [
    ("2003/0004402E", "pack.html", "No one person has this id or number"), ("999", "pack.html", "No one person"),
    ("Inscope", "pack.html", "No one person"), ("2003/0004401D", "pack.docx", "ends in .html, .pdf or .txt"),
])  # fmt: skip
def test_a_mistake_ends_with_2_and_writes_nothing(home, tmp_path, person, name, says):
    done = throughcare("subject-access", person, "--output", tmp_path / name, home=home)
    assert (done.returncode, list(tmp_path.iterdir())) == (2, [])
    assert says in done.stderr and "Traceback" not in done.stderr


def test_that_it_was_taken_out_is_in_the_audit(home, tmp_path):
    import sqlite3

    assert throughcare("subject-access", "1", "--output", tmp_path / "pack.txt", home=home).returncode == 0
    with sqlite3.connect(next(home.glob("*.sqlite3"))) as store:
        told = store.execute("SELECT actor, person_id FROM audit_entry WHERE verb = 'subject_access.write'").fetchall()
    assert ("cli", 1) in told
