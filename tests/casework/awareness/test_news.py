"""What is new: posted, changed in the pilot file, read; and nothing about a person in it."""

from datetime import timedelta

import pytest

from tests.casework.awareness.conftest import DAY
from throughcare.casework.awareness import errors
from throughcare.casework.awareness.about_nobody import like_names
from throughcare.casework.awareness.news import actions, queries
from throughcare.casework.awareness.tasks import tasks
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.directory import actions as directory

A_DAY = timedelta(days=1)


def post(reader, title: str = "Forum", text: str = "Come", until=DAY):
    return actions.post(reader=reader("manager"), title=title, text=text, until=until)


@pytest.mark.parametrize(
    ("told", "error"),
    [({"text": "Ask for X123456"}, errors.AboutSomebody), ({"text": " "}, errors.NothingWritten),
     ({"until": DAY - A_DAY}, errors.NoSuchDay)],
)  # fmt: skip
def test_what_is_not_posted(reader, told, error):
    with pytest.raises(error):
        post(reader, **told)


# what is written: what looks like a name
@pytest.mark.parametrize(("text", "names"), [
    ("Osmani Trust and Right Track begin on Monday January 9", []), ("Tower Hamlets joins the Local Implementation Group", []),
    ("Ask Corin Ringfenced about it", ["Ask Corin"]), ("we saw Corin Ringfenced", ["Corin Ringfenced"]),
    ("all in small letters", []),
])  # fmt: skip
def test_what_looks_like_a_name(text, names):
    assert like_names(text, current_pilot()) == names


def test_news_is_told_to_each_account_until_it_has_read_it_and_not_after_its_day(reader):
    post(reader)
    assert [task.words for task in tasks(reader("officer"))] == ["New: Forum"]
    actions.read(reader=reader("officer"), marks=queries.marks_of(queries.new_things(DAY)))
    assert list(tasks(reader("officer"))) == [] and len(list(tasks(reader("second")))) == 1
    second = post(reader, title="Workshop")
    assert [task.words for task in tasks(reader("officer"))] == ["New: Workshop"]
    actions.withdraw(by="test", news=second)
    assert list(tasks(reader("officer"))) == []
    assert queries.new_things(DAY + A_DAY) == []


def changed(monkeypatch, **told):
    pilot = current_pilot().model_copy(update=told)
    for module in (actions, queries, directory):
        monkeypatch.setattr(module, "current_pilot", lambda: pilot)


def test_what_the_pilot_file_says_anew_of_a_figure_or_service_is_news(reader, monkeypatch):
    pilot = current_pilot()
    for keep in (actions.keep_figures, directory.keep_versions):
        keep("test", DAY - A_DAY, people_changed=False)
        assert not keep("test", DAY, people_changed=False)
    assert queries.new_things(DAY) == []  # the first versions are no news
    tiger = pilot.service("tiger").model_copy(update={"places": 8})
    later = pilot.today.model_copy(update={"decide_within": 7})
    changed(monkeypatch, today=later, services=tuple(tiger if s.slug == "tiger" else s for s in pilot.services))
    actions.keep_figures("test", DAY, people_changed=False)
    directory.keep_versions("test", DAY, people_changed=False)
    told = {item.title: item.changes for item in queries.new_things(DAY)}
    assert told["TIGER has changed"] == (("Places", "no limit", "8"),)
    ((_, before, now),) = told["A figure of the pilot has changed"]
    assert "within 5 working days" in before and "within 7 working days" in now
    assert queries.new_things(DAY + timedelta(days=pilot.awareness.news_for)) == []
