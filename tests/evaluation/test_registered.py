"""Written down before it is seen: what registering keeps, what it refuses, and what is said for good."""

from datetime import date, timedelta

import pytest

from tests.evaluation.conftest import AT, DAY
from tests.evaluation.texts import OF_A_FILE, OF_PEOPLE
from throughcare.casework.audit.models import Entry
from throughcare.core.errors import UserError
from throughcare.evaluation import actions, queries
from throughcare.evaluation.errors import AlreadyRegistered, CopyRefused, NoReason, NotOfTheStore, NotRegistered
from throughcare.evaluation.models import Study, Version
from throughcare.stats.mistakes import ProtocolError
from throughcare.stats.protocol import load_protocol


def registered(text: str = OF_PEOPLE, slug: str = "mentoring", **told):
    return actions.register(by="evaluator", text=text, slug=slug, at=AT, **told)


def opened(study: Study) -> None:
    actions.freeze(by="evaluator", study=study, as_at=DAY, at=AT)
    actions.add_outcomes(by="evaluator", study=study, as_at=DAY, at=AT)
    actions.run(by="evaluator", study=study, as_at=DAY, at=AT)


BOTH = {
    "A": {"sent": "2016-06-12", "sessions": ["2016-06-20"]}, "B": {}, "C": {"sent": "2016-06-12", "sessions": ["2016-06-21"]},
    "D": {"born": "1980-01-01"}, "E": {"sex": "F"}, "F": {"sent": "2016-06-12", "sessions": ["2016-06-22"], "sex": "F"},
}  # fmt: skip


def test_it_is_kept_with_the_digest_of_the_file_and_the_time(db, tmp_path):
    (tmp_path / "p.toml").write_text(OF_PEOPLE)
    study = registered()
    version = study.versions.get()
    assert (study.registered_at, version.sha256, version.text) == (AT, load_protocol(tmp_path / "p.toml")[1], OF_PEOPLE)
    assert Entry.objects.filter(verb="evaluation.register", subject_id=str(study.pk)).exists()


def with_(old: str, new: str) -> str:
    assert old in OF_PEOPLE
    return OF_PEOPLE.replace(old, new)


# what is wrong; the text; the error; a part of what is said
WRONG = [
    ("no TOML", with_("[rows]", "[rows"), ProtocolError, "line 5"),
    ("an unknown key", with_("landmark = 30", "landmarks = 30"), ProtocolError, "did you mean landmark"),
    ("exploratory", with_('title = "', 'exploratory = true\ntitle = "'), ProtocolError, "take exploratory out"),
    ("no such column", with_('"age", "score"', '"age", "shoe_size"'), NotOfTheStore, "shoe_size"),
    ("an outcome as a covariate", with_('"age", "score"', '"age", "arrests_6m"'), NotOfTheStore, "not known before"),
    ("no such service", with_('["mentoring"]', '["mentorship"]'), NotOfTheStore, "mentorship"),
    ("told by a measure", with_('name = "reoffended"', 'name = "attitudes"'), NotOfTheStore, 'measure = "attitudes.later"'),
    ("a group of no measure", with_('kind = "binary"', 'kind = "binary"\ngroup = "G"'), ProtocolError, "group is of a measure"),
    ("no groups", with_('kind = "binary"', 'kind = "binary"\nmeasure = "victims.satisfied"\ngroup = "G"'), NotOfTheStore,
     "not published in groups"),
    ("no such measure", with_('kind = "binary"', 'kind = "binary"\nmeasure = "no.such"'), NotOfTheStore, "no.such"),
    ("a copy without rows", with_("[rows]", "[rows_]"), ProtocolError, "line 5"),
    ("a column of the file", with_('id = "id"', 'id = "crn"'), NotOfTheStore, 'id = "id"'),
    ("the window the wrong way", with_("2017-04-01\nservices", "2016-04-01\nservices"), ProtocolError, "after since"),
]


@pytest.mark.parametrize(("what", "text", "error", "said"), WRONG)
def test_a_mistake_is_told_and_nothing_is_kept(db, what, text, error, said):
    with pytest.raises(error) as told:
        registered(text)
    assert said in str(told.value)
    assert not Study.objects.exists() and not Version.objects.exists()


def test_neither_name_nor_text_is_registered_twice(db):
    registered()
    for text, slug in ((OF_A_FILE, "mentoring"), (OF_PEOPLE, "another")):
        with pytest.raises(AlreadyRegistered):
            registered(text, slug)


def test_an_amendment_stands_beside_what_it_changes(db):
    study = registered()
    actions.amend(by="analyst", study=study, text=with_("landmark = 30", "landmark = 60"), why="Mentoring begins later", at=AT)
    first, second = study.versions.order_by("number")
    assert (first.text, second.why, second.after_opening) == (OF_PEOPLE, "Mentoring begins later", False)
    assert [line for line in queries.changes(first, second.text) if line[0] in "+-"] == ["-landmark = 30", "+landmark = 60"]
    assert queries.current(study) == second


@pytest.mark.parametrize(("text", "why"), [(OF_PEOPLE, "no change"), (OF_PEOPLE + "\n# more", "  ")])
def test_an_amendment_changes_something_and_says_why(db, text, why):
    study = registered()
    with pytest.raises(NoReason):
        actions.amend(by="analyst", study=study, text=text, why=why, at=AT)


def test_what_is_amended_after_opening_says_so_for_good(store):
    store(BOTH)
    study = registered()
    opened(study)
    study.refresh_from_db()
    assert study.opened_at == AT
    late = actions.amend(by="analyst", study=study, text=with_("landmark = 30", "landmark = 60"), why="so", at=AT)
    assert late.after_opening
    assert queries.registration(late)["amended_after_opening"] == [2]
    with pytest.raises(CopyRefused):  # the rows stay what they were
        actions.freeze(by="evaluator", study=study, as_at=DAY, at=AT)


def test_outcomes_seen_before_are_said_for_good(store):
    assert registered(slug="told", seen_before="The dashboard showed them").seen_before == "The dashboard showed them"
    store(BOTH)
    opened(Study.objects.get())
    again = registered(with_("landmark = 30", "landmark = 45"), "again")
    assert again.seen_before == "reoffended had been opened on 1 March 2019 by the study told."
    other_days = with_("since = 2016-04-25", "since = 2017-04-01").replace("until = 2017-04-01", "until = 2018-04-01")
    assert registered(other_days, "later").seen_before == ""


def test_a_result_says_how_it_was_registered(store):
    store(BOTH)
    study = registered(seen_before="in a draft")
    opened(study)
    told = queries.findings_of(study)
    assert told["registration"]["outcomes_seen_before"] == "in a draft"
    assert told["registration"]["sha256"] == told["protocol_sha256"]
    assert told["exploratory"] is False


def test_running_needs_a_copy_and_outcomes(store):
    store(BOTH)
    study = registered()
    with pytest.raises(CopyRefused, match="no frozen copy"):
        actions.run(by="evaluator", study=study, as_at=DAY, at=AT)
    actions.freeze(by="evaluator", study=study, as_at=DAY, at=AT)
    with pytest.raises(CopyRefused, match="No outcomes"):
        actions.run(by="evaluator", study=study, as_at=DAY, at=AT)
    study.refresh_from_db()
    assert study.opened_at is None


def test_only_the_last_version_is_run_from_a_file(db):
    study = registered(OF_A_FILE, "visits")
    sha256 = queries.current(study).sha256
    assert queries.version_of(sha256, record="p.toml").number == 1
    with pytest.raises(NotRegistered, match="not registered"):
        queries.version_of("0" * 64, record="p.toml")
    actions.amend(by="analyst", study=study, text=OF_A_FILE + "# new", why="so", at=AT + timedelta(days=1))
    with pytest.raises(NotRegistered, match="amended"):
        queries.version_of(sha256, record="p.toml")


def test_a_measure_of_the_service_is_an_outcome(store):
    who = store({**BOTH, "G": {"sent": "2016-08-01", "sessions": []}})
    text = with_('name = "reoffended"\nkind = "binary"', 'name = "sent"\nkind = "count"\nmeasure = "referrals"')
    study = registered(text)
    actions.freeze(by="evaluator", study=study, as_at=DAY, at=AT)
    made = actions.add_outcomes(by="evaluator", study=study, as_at=DAY, at=AT)
    frame, _ = queries.frame_of(queries.current(study), made.copy, made)
    assert made.matched == len(who)
    assert sorted(frame["sent"].to_list()) == [0] * 6 + [1]  # G was sent after the clock of 10 July; the others before it


def test_a_measure_without_people_is_refused_with_its_reason(store):
    store(BOTH)
    study = registered(with_('kind = "binary"', 'kind = "binary"\nmeasure = "burden.records"'))
    actions.freeze(by="evaluator", study=study, as_at=DAY, at=AT)
    with pytest.raises(UserError, match="do not say"):
        actions.add_outcomes(by="evaluator", study=study, as_at=DAY, at=AT)


def test_the_day_of_the_demonstration_is_before_anybodys_follow_up_is_over():
    from throughcare.synthetic.demonstration import DEMONSTRATION_DAY
    from throughcare.synthetic.studies import PROTOCOLS

    protocols = {slug: load_protocol(PROTOCOLS / f"{slug}.toml")[0] for slug in ("impact", "court-reports")}
    assert protocols["impact"].rows.since > date(2015, 9, 1) and protocols["impact"].gates.follow_up_months == 12
    assert date(2017, 10, 25) > DEMONSTRATION_DAY
