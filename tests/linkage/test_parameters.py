"""The model file: what it says, that it comes back as it was written, and what is refused."""

from dataclasses import replace
from math import log2

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from throughcare.linkage.comparisons import COMPARISONS
from throughcare.linkage.parameters import PUBLISHED, Chances, ModelError, Parameters, digest, load, save

TEXT = PUBLISHED.read_text(encoding="utf-8")


def refusal(folder, text):
    path = folder / "model.toml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(ModelError) as caught:
        load(path)
    assert caught.value.record == str(path)
    assert caught.value.mend == "correct the file, or train a new model"
    return caught.value


def without(line):
    """The published model without the one line that begins so."""
    kept = [each for each in TEXT.splitlines() if not each.startswith(line)]
    assert len(kept) == len(TEXT.splitlines()) - 1
    return "\n".join(kept)


def changed(before, after):
    assert TEXT.count(before) == 1
    return TEXT.replace(before, after)


def test_the_published_model_has_the_products_comparisons_and_levels():
    told = load()
    assert told.version == "published-2026-11"
    assert {slug: list(levels) for slug, levels in told.chances.items()} == {
        c.slug: [level.slug for level in c.levels] for c in COMPARISONS
    }  # fmt: skip


PUBLISHED_WEIGHTS = [
    # comparison, level, m, u: as published (field practice, section 7)
    ("name", "same", 0.880571, 6.4417e-6),
    ("name", "similar", 0.0732397, 4.6468e-4),
    ("name", "swapped", 0.00195719, 1.1871e-7),
    ("name", "other_name", 0.0163893, 5.7203e-6),
    ("name", "one_of_many_names", 0.0041733, 7.3518e-6),
    ("name", "alike", 0.0049544, 4.8860e-4),
    ("name", "forename", 0.0042104, 0.004259),
    ("name", "surname", 0.0053326, 7.8508e-4),
    ("name", "different", 0.0041434, 0.993983),
    ("second_name", "same", 0.931183, 0.01232),
    ("second_name", "similar", 0.0309559, 0.0025078),
    ("second_name", "different", 0.0410689, 0.985172),
    ("date_of_birth", "same", 0.948002, 6.3282e-5),
    ("date_of_birth", "one_digit", 0.0172513, 0.00176919),
    ("date_of_birth", "near", 0.0102007, 0.217823),
    ("date_of_birth", "different", 0.0020388, 0.780322),
    ("pnc_cro", "both", 1.0, 1e-9),
    ("pnc_cro", "pnc", 0.410736, 1.3083e-7),
    ("pnc_cro", "cro", 0.487547, 1.3406e-7),
    ("pnc_cro", "core", 0.0458813, 1.9334e-6),
    ("postcode", "district", 0.092284, 0.00241839),
    ("postcode", "different", 0.199308, 0.997448),
    ("sentence_dates", "same", 0.0792426, 4.1568e-5),
    ("sentence_dates", "shared", 0.146876, 2.2016e-4),
    ("sentence_dates", "near", 0.0076679, 0.0037995),
    ("sentence_dates", "different", 0.591163, 0.995339),
]


@pytest.mark.parametrize(("comparison", "level", "m", "u"), PUBLISHED_WEIGHTS)
def test_what_was_published_is_in_the_file_where_it_does_not_say_ours(comparison, level, m, u):
    told = load()
    assert told.chances[comparison][level] == Chances(m=m, u=u)
    assert told.weight(comparison, level) == log2(m / u)


def test_police_numbers_that_differ_weigh_as_published():
    told = load()
    assert (told.weight("pnc_cro", "both_differ"), told.weight("pnc_cro", "one_differs")) == (-14.0, -10.0)


def test_two_rarer_postcode_levels_of_the_published_model_are_one():
    same = load().chances["postcode"]["same"]
    assert same.m == pytest.approx(0.653051 + 0.0404791)
    assert same.u == pytest.approx(1.9168e-5 + 9.7097e-6)


def test_of_every_comparison_the_strongest_level_weighs_for_and_the_last_against():
    told = load()
    for comparison in COMPARISONS:
        weights = [told.weight(comparison.slug, level.slug) for level in comparison.levels]
        assert weights[0] > 0 > weights[-1]


def test_a_saved_model_comes_back_and_says_why(tmp_path):
    path = tmp_path / "new" / "model.toml"
    save(replace(load(), version="of a test"), path, why="trained on invented records\nfor a test")
    assert load(path) == replace(load(), version="of a test")
    assert path.read_text(encoding="utf-8").startswith("# trained on invented records\n# for a test\n")
    assert [each.name for each in path.parent.iterdir()] == ["model.toml"]


chances = st.builds(Chances, m=st.floats(0, 1, exclude_min=True), u=st.floats(0, 1, exclude_min=True))


@settings(max_examples=40, deadline=None)
@for_all(st.lists(chances, min_size=60, max_size=60), st.from_regex(r"[A-Za-z0-9 .-]{1,20}", fullmatch=True))
def test_any_chances_come_back_to_the_last_digit(tmp_path_factory, told, version):
    drawn = iter(told)
    numbers = {c.slug: {level.slug: next(drawn) for level in c.levels} for c in COMPARISONS}
    path = tmp_path_factory.mktemp("models") / "model.toml"
    save(Parameters(version=version, chances=numbers), path, why="")
    assert load(path) == Parameters(version=version, chances=numbers)


def test_a_model_that_is_no_toml_or_is_not_there_is_refused(tmp_path):
    assert "cannot be read" in refusal(tmp_path, "version = ").what
    assert "cannot be read" in refusal(tmp_path, b"version = '\xe9'").what
    with pytest.raises(ModelError, match=r"none\.toml"):
        load(tmp_path / "none.toml")


@pytest.mark.parametrize("version", ["", 'version = ""', "version = 3"])
def test_a_model_without_a_version_is_refused(tmp_path, version):
    error = refusal(tmp_path, changed('version = "published-2026-11"', version))
    assert (error.what, error.expected) == ("the model has no version", 'version = "..."')


@pytest.mark.parametrize(
    "text",
    [TEXT + "\n[hat]\nsame = { m = 0.9, u = 0.1 }\n", TEXT.split("[offence_dates]")[0], changed("[sex]", "[gender]")],
    ids=["one too many", "one too few", "one by another name"],
)
def test_a_model_of_other_comparisons_is_refused_and_told_which_there_are(tmp_path, text):
    error = refusal(tmp_path, text)
    assert error.what == "the model has other comparisons than the product"
    assert error.expected.startswith("name, second_name, date_of_birth, sex, pnc_cro, ")


@pytest.mark.parametrize(
    ("text", "comparison"),
    [(without("swapped = { m = 0.005"), "date_of_birth"), (without("one_of_many_names"), "name"),
     (changed("same_common =", "crowded ="), "postcode"), (changed("[sex]\n", "[sex]\nunknown = { m = 0.1, u = 0.1 }\n"), "sex"),
     (changed("[name]\n", "name = 3\n[name_no_more]\n"), None)],
)  # fmt: skip
def test_a_comparison_that_lacks_or_adds_a_level_is_refused_by_its_name(tmp_path, text, comparison):
    error = refusal(tmp_path, text)
    if comparison is None:
        assert error.what == "the model has other comparisons than the product"
    else:
        assert error.what == f"the levels of {comparison} are not the product's"
        assert error.expected.startswith("same, ")


@pytest.mark.parametrize(
    "chances",
    ["{ m = 0, u = 0.68 }", "{ m = 0.99, u = 0.0 }", "{ m = 1.01, u = 0.68 }", "{ m = -0.1, u = 0.68 }", "{ m = nan, u = 1 }",
     "{ m = inf, u = 0.68 }", '{ m = "0.99", u = 0.68 }', "{ m = 0.99 }", "{ m = 0.9, u = 0.6, w = 1 }", "0.99", "[0.99, 0.68]"],
)  # fmt: skip
def test_a_level_without_two_chances_above_nought_and_at_most_one_is_refused_by_its_name(tmp_path, chances):
    error = refusal(tmp_path, changed("{ m = 0.99, u = 0.68 }", chances))
    assert error.what == "sex.same has no two chances"
    assert error.expected == "m and u, above 0 and at most 1"


def test_true_is_no_chance(tmp_path):
    refusal(tmp_path, changed("{ m = 0.99, u = 0.68 }", "{ m = true, u = 0.68 }"))


def test_the_digest_is_of_the_numbers_and_changes_with_each():
    told = load()
    names = [digest(told.chances)]
    for comparison in told.chances:
        level, chances = next(iter(told.chances[comparison].items()))
        other = {**told.chances[comparison], level: Chances(m=chances.m, u=chances.u * 0.999)}
        names.append(digest({**told.chances, comparison: other}))
    assert len(set(names)) == len(COMPARISONS) + 1
    assert digest(load().chances) == names[0]
    assert len(names[0]) == 8
