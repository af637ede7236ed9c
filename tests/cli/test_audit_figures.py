"""`throughcare audit-figures` as a user meets it: without a store, in two forms, and what it refuses."""

import json

import pytest

from tests.cli.test_commands import throughcare

TEXT = "# Findings\n\nOf those asked, 41% (n=11/28) said yes.\n"


def test_it_lists_what_it_finds_and_exits_0_and_opens_no_store(tmp_path):
    report = tmp_path / "report.md"
    report.write_text(TEXT)
    done = throughcare("audit-figures", report, "--format", "json", home=tmp_path / "home")
    assert (done.returncode, done.stderr) == (0, "")
    (alarm,) = json.loads(done.stdout)["alarms"]
    assert (alarm["what"], alarm["one"]["section"]) == ("41% does not follow from 11 of 28", "Findings")
    assert not (tmp_path / "home").exists()
    table = throughcare("audit-figures", report, home=tmp_path / "home").stdout
    assert "11 of 28" in table and "1 found" in table


@pytest.mark.parametrize(
    ("arguments", "says"), [(("absent.md",), "check the path"), (("report.md", "--from", "2016-01-01"), "half a period")]
)
def test_what_it_cannot_do_is_the_users_mistake_with_the_mend(tmp_path, arguments, says):
    (tmp_path / "report.md").write_text(TEXT)
    done = throughcare("audit-figures", tmp_path / arguments[0], *arguments[1:], home=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
