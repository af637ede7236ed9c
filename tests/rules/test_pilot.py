"""The pilot file: the real one loads, and each kind of mistake is refused with its line and its mend."""

from datetime import date
from pathlib import Path

import pytest

from throughcare.core.errors import UserError
from throughcare.core.toml_lines import line_of, lines_of
from throughcare.rules.pilot import PilotFileError, load_pilot

REAL = Path(__file__).resolve().parents[2] / "pilots" / "gto-london-2016.toml"

BUDGETS = "[budgets]\n" + REAL.read_text(encoding="utf-8").partition("[budgets]\n")[2].partition("\n\n")[0] + "\n"

# In the real file this text is replaced by that, and the refusal must name the line that holds the third and say the last.
MISTAKES = [
    ("unknown key at the top", 'area = "North', 'aria = "North', 'aria = "North', "did you mean area?"),
    ("unknown key of a service", "sex = \"F\"", "gender = \"F\"", 'gender = "F"', "services.gender is not a key"),
    ("unknown key of a table", "small_limit = 100", "smal_limit = 100", "smal_limit", "did you mean small_limit?"),
    ("missing key of a service", 'name = "TIGER"\n', "", '[[services]] # 6', "add name = ... here"),
    ("missing table", BUDGETS, "", "# The London pilot", "budgets is missing"),
    ("missing reference day", "first_pull = 2015-07-31\n", "", "[reference_days]", "add first_pull = YYYY-MM-DD"),
    ("a word for a number", "places = 25", 'places = "many"', 'places = "many"', "services.places cannot be 'many'"),
    ("a number out of range", "minimum_age = 18", "minimum_age = 5", "minimum_age = 5", "greater than or equal to 10"),
    ("a word not in the list", 'rag = "Red"', 'rag = "Blue"', 'rag = "Blue"', "'Red', 'Amber' or 'Green'"),
    ("a requirement of a licence", 'under_requirement = ["community",', 'under_requirement = ["licence",', "under_requirement",
     "'community' or 'suspended'"),
    ("a condition nobody wrote", 'statuses = ["licence", "pss"] #', 'status = ["licence", "pss"] #', "status = [",
     "services.status is not a key"),
    ("a criterion nobody wrote", 'slug = "resident"', 'slug = "housed"', 'slug = "housed"', "'resident'"),
    ("a day not in the calendar", "first_pull = 2015-07-31", "first_pull = 2015-02-30", "first_pull", "is not TOML"),
    ("a window that ends first", "{ start = 2016-09-01, end = 2016-10-01 }", "{ start = 2016-09-01, end = 2016-08-01 }",
     "mentoring_september", "the end is before the start"),
    ("a window without a day", "{ start = 2016-10-01, end = 2017-01-01 }", "{ start = 2016-10-01, end = 2016-10-01 }",
     "weekly_contact =", "there is no day from 2016-10-01 to before 2016-10-01"),
    ("a window after the life", "end = 2017-01-01 }", "end = 2018-01-01 }", "weekly_contact =", "within the pilot's life"),
    ("a service before the life", "start = 2016-02-06", "start = 2014-02-06", "start = 2014-02-06", "pilot's life"),
    ("two services of one slug", '\nslug = "right_track"', '\nslug = "tiger"', 'slug = "tiger" # 2', "stands twice"),
    ("a provider of nothing known", 'services = ["building_bridges"]', 'services = ["bridges"]', '["bridges"]', "'bridges'"),
    ("two providers of one slug", 'slug = "rise_mutual"', 'slug = "pact"', 'slug = "pact" # 2', "stands twice under providers"),
    ("a borough twice", '"Hackney", "Haringey"', '"Hackney", "Hackney"', "boroughs =", "Hackney stands twice in boroughs"),
    ("a court twice", 'courts = ["Thames", "Highbury Corner"]', 'courts = ["Thames", "Highbury Corner", "Thames"]',
     "courts =", "Thames stands twice in courts"),
    ("a court of the pilot compared with itself", '["Stratford", "Westminster"', '["Thames", "Westminster"', "comparison_courts",
     "Thames stands in courts too"),
    ("a prison twice", '"Isis", "Brixton"', '"Isis", "Isis"', "prisons =", "Isis stands twice in prisons"),
    ("a service that ends before it starts", "start = 2016-11-15", "start = 2016-11-15\nend = 2016-11-01", "end = 2016-11-01",
     "there is no day from 2016-11-15"),
    ("a small purchase above the whole", "small_limit = 100", "small_limit = 1001", "small_limit = 1001",
     "at most the allocation"),
    ("a limit of Today left out", "no_contact = 14", "# no_contact = 14", "[today]", "add no_contact = ... here"),
    ("a limit of Today that is none", "unused_for = 90", "unused_for = 0", "unused_for = 0", "greater than or equal to 14"),
    ("a limit of Today nobody wrote", "no_meeting = 14", "no_meetings = 14", "no_meetings", "did you mean no_meeting?"),
    ("a limit above the one that it is a part of", "decide_within = 5", "decide_within = 1", "acknowledge_within = 2",
     "at most decide_within"),
    ("a court nobody sits in", 'courts = ["Thames", "Highbury Corner"]\nmembers', 'courts = ["Temes"]\nmembers',
     '["Temes"]', "a court named in courts"),
    ("an offence group not of OGRS3", '"burglary_other"]', '"burglary_shop"]', "with_groups", "'burglary_shop'"),
    ("a bound above the other", "or_at_or_above = 50", "or_at_or_above = 80", "or_at_or_above = 80", "lower of the two"),
    ("risk without its groups", 'with_groups = ["robbery", "burglary_domestic", "burglary_other"]\n', "",
     '[[criteria]] # 5', "add with_groups = ... here"),
    ("a parameter of another criterion", 'slug = "convicted"', 'slug = "convicted"\nminimum_age = 18',
     "minimum_age = 18 # 1", "criterion convicted takes no minimum_age"),
    ("a weekly feed without its day", 'every = "week"\non = "Monday"', 'every = "week"', 'every = "week" # 1',
     "is due every week on None"),
    ("a weekly feed on no day of the week", 'on = "Monday"', 'on = "Moonday"', 'on = "Moonday" # 1', "expected a weekday"),
    ("a weekly feed on a day of the month", 'on = "Monday"', "on = 3", "on = 3 # 1", "due every week on 3"),
    ("a monthly feed on a day that not every month has", "on = 5", "on = 31", "on = 31 # 1", "a day of the month from 1 to 28"),
    ("a daily feed with a day", 'every = "day"', 'every = "day"\non = "Monday"', 'on = "Monday" # 5', "take on out"),
    ("a feed twice", 'slug = "crc-appointments"', 'slug = "crc-people"', 'slug = "crc-people" # 2', "stands twice under feeds"),
    ("a feed due at no time of day", 'by = "07:00"', 'by = "soon"', 'by = "soon" # 1', "feeds.by cannot be 'soon'"),
    ("a feed due in another zone", 'by = "07:00"', 'by = "07:00Z"', 'by = "07:00Z" # 1', "in London has no zone"),
    ("a feed that nobody owns", 'owner = "London CRC finance"\n', "", "[[feeds]] # 44", "add owner = ... here"),
    ("an owner written to at no address", 'owner = "London CRC finance"', 'owner = "London CRC finance"\nemail = "finance@crc"',
     "finance@crc", "an e-mail address, as data.team@example.org, is expected"),
    ("a share above the whole", "least_share = 0.3", "least_share = 3", "least_share = 3 # 1", "less than or equal to 1"),
    ("a kind of fact without a home", 'notes = { system = "Throughcare" }\n', "", "[homes]", "homes.notes is missing"),
    ("a home of nothing known", 'notes = { system', 'nots = { system', "nots =", "did you mean notes?"),
    ("a home without its system", 'notes = { system = "Throughcare" }', "notes = { typed_here = true }", "notes =",
     "homes.notes.system is missing"),
    ("a home copied out to itself", 'notes = { system = "Throughcare" }', 'notes = { system = "Throughcare", typed_here = true }',
     "notes =", "take typed_here out"),
    ("no homes at all", "[homes]\n", "[houses]\n", "[houses]", "did you mean homes?"),
    ("a key twice", "places = 20", "places = 20\nplaces = 21", "places = 21", "overwrite a value"),
    ("a quote left open", 'area = "North and East London"', 'area = "North and East London', "area =", "is not TOML"),
]  # fmt: skip
CASES = [pytest.param(*mistake[1:], id=mistake[0]) for mistake in MISTAKES]


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "pilot.toml"
    file.write_text(text, encoding="utf-8")
    return file


def line_holding(text: str, fragment: str) -> int:
    """The line that holds a fragment; "... # 2" is the second one that does."""
    fragment, _, number = fragment.partition(" # ")
    found = [place for place, line in enumerate(text.splitlines(), start=1) if fragment in line]
    return found[int(number or 1) - 1]


def test_the_real_file_loads():
    pilot = load_pilot(REAL)
    assert pilot.slug == "gto-london-2016"
    assert len(pilot.boroughs) == 8
    assert [criterion.slug for criterion in pilot.criteria] == ["convicted", "adult", "resident", "supervised", "risk"]
    assert pilot.reference_days["first_pull"] == date(2015, 7, 31)
    assert pilot.service("employment").places == 20


@pytest.mark.parametrize(("given", "instead", "at", "says"), CASES)
def test_a_mistake_is_refused_with_its_line(tmp_path, given, instead, at, says):
    real = REAL.read_text(encoding="utf-8")
    assert given in real
    text = real.replace(given, instead, 1)
    with pytest.raises(PilotFileError) as refused:
        load_pilot(written(tmp_path, text))
    line = line_holding(text, at)
    assert refused.value.line == line
    assert f"pilot.toml, line {line}:" in str(refused.value)
    assert says in str(refused.value)
    assert refused.value.mend


def test_ages_the_wrong_way_round(tmp_path):
    text = REAL.read_text(encoding="utf-8").replace("ages = [18, 25]", "ages = [25, 18]", 1)
    with pytest.raises(PilotFileError) as refused:
        load_pilot(written(tmp_path, text))
    assert refused.value.line == line_holding(text, "ages = [25, 18]")
    assert "the other way round" in str(refused.value)


def test_a_strand_that_there_is_not_where_the_strands_are_told(tmp_path):
    text = REAL.read_text(encoding="utf-8").replace('strand = "budgets"', 'strand = "budget"')
    known = {"courts", "prison", "programmes", "budgets", "mental_health", "employment", "policing"}
    assert load_pilot(written(tmp_path, text)).service("personalised_budget").strand == "budget"
    with pytest.raises(PilotFileError) as refused:
        load_pilot(written(tmp_path, text), strands=known)
    assert refused.value.line == line_holding(text, 'strand = "budget"')
    assert "there is no strand budget" in str(refused.value)
    assert load_pilot(REAL, strands=known)


def test_of_several_mistakes_the_first_line_is_named(tmp_path):
    text = REAL.read_text(encoding="utf-8").replace("small_limit", "smal_limit").replace("minimum_age", "minimal_age")
    with pytest.raises(PilotFileError) as refused:
        load_pilot(written(tmp_path, text))
    assert "did you mean minimum_age?" in str(refused.value)
    assert refused.value.line == line_holding(text, "minimal_age")


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(UserError, match="cannot be read"):
        load_pilot(tmp_path / "none.toml")


def test_a_file_that_is_not_utf_8(tmp_path):
    file = tmp_path / "pilot.toml"
    file.write_bytes(b'slug = "a"\nname = "caf\xe9"\n')
    with pytest.raises(PilotFileError) as refused:
        load_pilot(file)
    assert refused.value.line == 2


def test_an_empty_file_names_what_is_missing_on_line_1(tmp_path):
    with pytest.raises(PilotFileError) as refused:
        load_pilot(written(tmp_path, ""))
    assert refused.value.line == 1


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("name",), 1),
        (("life", "start"), 3),
        (("windows", "one", "end"), 5),  # in an inline table: the line of its key
        (("items", 0), 6),
        (("items", 1, "slug"), 9),
        (("items", 1, "more", "key"), 11),
        (("items", 1, "nothing"), 8),  # the nearest thing that would hold it
        (("a b", "c"), 12),
        (("text",), 13),
    ],
)
def test_lines_of_key_paths(path, line):
    text = (
        'name = "x"\n[life]\nstart = 2016-01-01\n[windows]\none = { start = 2016-01-01, end = 2016-02-01 }\n'
        '[[items]] # first\nslug = "a"\n[[items]]\nslug = "b"\n[items.more]\nkey = 1\n"a b".c = 1\n'
        'text = """\nkey = not a key\n"""\n'
    )
    found = lines_of(text)
    wanted = ("items", 1, "more", *path) if path[0] in {"a b", "text"} else path  # both stand under [items.more]
    assert line_of(wanted, found) == line


def test_a_feed_that_there_is_not_where_the_feeds_are_told(tmp_path):
    text = REAL.read_text()
    slugs = {feed.slug for feed in load_pilot(REAL).feeds}
    with pytest.raises(PilotFileError, match="there is no feed court-lists,") as refusal:
        load_pilot(written(tmp_path, text), feeds=slugs - {"court-lists"} | {"court-listings"})
    assert refusal.value.line == line_holding(text, 'slug = "court-lists"')
    assert load_pilot(REAL, feeds=slugs).feeds


@pytest.mark.parametrize(
    ("kind", "ours", "copied", "owed"),
    [
        # kind                kept here  shown only  typed here, entered there
        ("referrals",         True,      False,      False),
        ("convictions",       False,     True,       False),
        ("appointments",      False,     False,      True),
        ("mental_health",     False,     False,      True),
    ],
)  # fmt: skip
def test_every_kind_of_fact_has_one_sort_of_home(kind, ours, copied, owed):
    home = load_pilot(REAL).home(kind)
    assert (home.ours, home.copied, home.owed) == (ours, copied, owed)
