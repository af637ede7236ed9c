"""Cleaning: what an agency has written, and beside it the form that is compared."""

from datetime import date

import polars as pl
import pytest
from hypothesis import HealthCheck, example, settings
from hypothesis import given as for_all
from hypothesis import strategies as st

from tests.linkage.records import CORE_CRO, CORE_PNC, cleaned, given
from throughcare.linkage.cleaning import NAME, RECORD, SEX, clean

EXAMPLES_OF_STEPS = [
    ("upper case", "Kadan", "KADAN"),
    ("upper case", "straße", "STRASSE"),
    ("accents taken off", "BÉLAFÖRD", "BELAFORD"),
    ("accents taken off", "Çñåª", "Cnaa"),
    ("accents taken off", "ŁORBA", "ŁORBA"),  # a letter of its own, not an accent
    ("marks of other systems dropped", "MIG_ERROR_KADAN", "KADAN"),
    ("marks of other systems dropped", "NO_SHOW_KADAN", "KADAN"),
    ("marks of other systems dropped", "DUPLICATE_KADAN", "KADAN"),
    ("words for not known dropped", "NOT ENTERED", ""),
    ("words for not known dropped", "KADAN NOT KNOWN", "KADAN "),
    ("words for not known dropped", "UNKNOWN", ""),
    ("words for not known dropped", "UNKNOWNSON", "UNKNOWNSON"),  # only as a word
    ("hyphens, underscores and other space to spaces", "BELAFORD-KORDIN", "BELAFORD KORDIN"),
    ("hyphens, underscores and other space to spaces", "BELAFORD–KORDIN", "BELAFORD KORDIN"),
    ("hyphens, underscores and other space to spaces", "BELAFORD_KORDIN", "BELAFORD KORDIN"),
    ("hyphens, underscores and other space to spaces", "BELAFORD\tKORDIN", "BELAFORD KORDIN"),
    ("apostrophes and other signs removed", "O'BALEMU", "OBALEMU"),
    ("apostrophes and other signs removed", "O’BALEMU", "OBALEMU"),
    ("apostrophes and other signs removed", "BALEMU, (JNR.)", "BALEMU JNR"),
    ("Mc and the name after it together", "MC DUFF", "MCDUFF"),
    ("Mc and the name after it together", "TAMC DUFF", "TAMC DUFF"),  # only where it starts a word
    ("single letters dropped", "A", " "),
    ("single letters dropped", "KADAN B", "KADAN "),
    ("single letters dropped", "A B KADAN C D ZORO", " KADAN ZORO"),
    ("one space between words", "  KADAN   ZORO ", "KADAN ZORO"),
    ("nothing left is nothing", "", None),
    ("nothing left is nothing", "KADAN", "KADAN"),
    ("first letter, upper case", " female", "F"),
    ("first letter, upper case", "M", "M"),
    ("M or F, anything else is not known", "F", "F"),
    ("M or F, anything else is not known", "U", None),
]


@pytest.mark.parametrize(("step", "before", "after"), EXAMPLES_OF_STEPS)
def test_a_step_does_what_its_name_says(step, before, after):
    (named,) = [each for each in (*NAME, *SEX) if each.name == step]
    assert pl.select(named.do(pl.lit(before, dtype=pl.String))).item() == after


def test_every_step_has_an_example():
    assert {step for step, _, _ in EXAMPLES_OF_STEPS} == {step.name for step in (*NAME, *SEX)}


SURNAMES = [
    # as written, the one word that is compared, every form that is looked for
    ("Belaford", "BELAFORD", ["BELAFORD"]),
    ("MC DUFF-MCDONALD", "MCDUFFMCDONALD", ["MCDUFFMCDONALD", "MCDUFF", "MCDONALD"]),
    ("Mc Duff", "MCDUFF", ["MCDUFF"]),
    ("McDuff", "MCDUFF", ["MCDUFF"]),
    ("Belaford-Kordin", "BELAFORDKORDIN", ["BELAFORDKORDIN", "BELAFORD", "KORDIN"]),
    ("Belaford - Kordin", "BELAFORDKORDIN", ["BELAFORDKORDIN", "BELAFORD", "KORDIN"]),
    ("O'Balemu", "OBALEMU", ["OBALEMU"]),
    ("O’Balemu", "OBALEMU", ["OBALEMU"]),
    ("Bélafôrd", "BELAFORD", ["BELAFORD"]),
    ("MIG_ERROR_Belaford", "BELAFORD", ["BELAFORD"]),
    ("Mig_Error_Belaford", "BELAFORD", ["BELAFORD"]),
    ("Al Kordin", "ALKORDIN", ["ALKORDIN", "KORDIN"]),  # a part of two letters is no surname
    ("NOT ENTERED", None, []),
    ("unknown", None, []),
    ("B", None, []),
    ("-", None, []),
    ("", None, []),
    (None, None, []),
]


@pytest.mark.parametrize(("written", "compared", "forms"), SURNAMES)
def test_a_surname_is_one_word_and_is_known_by_each_of_its_words(written, compared, forms):
    row = clean(given({"surname": written})).row(0, named=True)
    assert (row["surname"], row["surnames"]) == (compared, forms)


FORENAMES = [
    # forename, middle names: first, second
    ("Kadan", None, "KADAN", None),
    ("Kadan Zoro", None, "KADAN", "ZORO"),
    ("Kadan", "Zoro", "KADAN", "ZORO"),
    ("Kadan-Zoro", "Tovus", "KADAN", "ZORO"),
    ("Kadan", "Zoro Tovus", "KADAN", "ZORO"),
    ("Mª", "Zoro", "MA", "ZORO"),
    ("Kadan Z", None, "KADAN", None),
    ("K", "Zoro", "ZORO", None),
    ("DUPLICATE_Kadan", "NOT ENTERED", "KADAN", None),
    ("NO_SHOW_Kadan", "", "KADAN", None),
    (None, None, None, None),
    ("NOT ENTERED", "Not Known", None, None),
]


@pytest.mark.parametrize(("forename", "middle", "first", "second"), FORENAMES)
def test_the_first_and_second_forename_are_found_wherever_they_are_written(forename, middle, first, second):
    row = clean(given({"forename": forename, "middle_names": middle})).row(0, named=True)
    assert (row["forename"], row["second_name"]) == (first, second)


def test_a_full_name_needs_both_names_and_initials_are_the_same_for_swapped_names():
    right, wrong, first_only = cleaned(
        {"forename": "Kadan", "surname": "Belaford"}, {"forename": "Belaford", "surname": "Kadan"}, {"forename": "Kadan"}
    ).to_dicts()
    assert [row["full_name"] for row in (right, wrong, first_only)] == ["KADAN BELAFORD", "BELAFORD KADAN", None]
    assert right["initials"] == wrong["initials"] == "BK"


def test_other_names_are_cleaned_like_the_own_and_each_form_stands_once():
    row = clean(given({
        "forename": "Kadan", "other_forenames": ["KADAN", "Kad Zoro", None, "NOT ENTERED", "Káda"],
        "surname": "Belaford", "other_surnames": ["belaford", "O'Balemu", "", "Kordin-Morley"],
    })).row(0, named=True)  # fmt: skip
    assert row["forenames"] == ["KADAN", "KAD", "KADA"]
    assert row["surnames"] == ["BELAFORD", "OBALEMU", "KORDINMORLEY"]


@pytest.mark.parametrize(
    ("written", "compared"),
    [("M", "M"), ("f", "F"), (" Male", "M"), ("FEMALE", "F"), ("U", None), ("Not known", None), ("9", None), (None, None)],
)
def test_sex_is_m_or_f_or_not_known(written, compared):
    assert clean(given({"sex": written}))["sex"].item() == compared


@pytest.mark.parametrize(
    ("born", "compared", "swapped"),
    [
        (date(1990, 3, 4), "1990-03-04", "1990-04-03"),
        (date(1990, 12, 12), "1990-12-12", "1990-12-12"),
        (date(1990, 3, 13), "1990-03-13", None),  # there is no thirteenth month
        (date(1988, 2, 29), "1988-02-29", None),
        (date(1900, 1, 2), "1900-01-02", "1900-02-01"),
        (date(1900, 1, 1), None, None),
        (date(1970, 1, 1), None, None),
        (None, None, None),
    ],
)
def test_a_birth_and_its_swapped_form_and_the_days_that_systems_write_for_not_known(born, compared, swapped):
    row = clean(given({"date_of_birth": born})).row(0, named=True)
    assert (row["dob"], row["dob_swapped"]) == (compared, swapped)
    assert row["dob_days"] == ((born - date(1970, 1, 1)).days if compared else None)


NUMBERS = [
    *(("pnc", form, "1979/0163001B") for form in ("79/163001B", "79163001B", "19790163001B", "1979/0163001B", "1979/0163001b")),
    *(("pnc", form, "2002/0073319Z") for form in ("02/73319Z", "0273319Z", "20020073319Z", " 2002/0073319Z ")),
    ("pnc", "81/34U", "1981/0000034U"), ("pnc", "00/223R", "2000/0000223R"), ("pnc", "033Y", "2003/0000003Y"),
    ("pnc", "67/9893091D", "1967/9893091D"), ("pnc", "1989/4444J", "1989/0004444J"),
    *(("pnc", wrong, None) for wrong in ("20030011985Z", "20120052494O", "20230583843N", "2001/0171310S")),
    *(("pnc", junk, None) for junk in ("1933/0993399H", "2003/0993399B", "TOTALLYINVALID", "0123456789", "", None)),
    ("cro", "65656/91H", "065656/91H"), ("cro", "065656/91h", "065656/91H"), ("cro", "29906/12J", "029906/12J"),
    ("cro", "SF83/50058Z", "SF83/50058Z"), ("cro", "sf05/482703j", "SF05/482703J"),
    *(("cro", wrong, None) for wrong in ("85227/65G", "SF80/655108T", "123456/99X", "000000/00Z", "65656/91", "")),
    ("crn", "x320741", "X320741"), ("crn", "A1234567", None), ("prison_number", "a1234bc", "A1234BC"),
    ("prison_number", "AA1234A", None),
]  # fmt: skip


def test_identifiers_in_every_accepted_form_become_one_and_what_is_none_becomes_nothing():
    frame = clean(given(*({kind: written} for kind, written, _ in NUMBERS)))
    found = [row[kind] for row, (kind, _, _) in zip(frame.to_dicts(), NUMBERS, strict=True)]
    assert found == [compared for _, _, compared in NUMBERS]


def test_a_pnc_and_a_cro_number_share_their_six_digits_and_the_small_file_has_none():
    row = clean(given({"pnc": CORE_PNC, "cro": CORE_CRO})).row(0, named=True)
    assert row["pnc_core"] == row["cro_core"] == "443841"
    assert clean(given({"cro": "SF05/482703J"}))["cro_core"].item() is None


@pytest.mark.parametrize(
    ("written", "postcodes", "districts"),
    [
        (["e8 1ea"], ["E8 1EA"], ["E8"]),
        (["E81EA", "E8  1EA", "N16 8BX", "E8 2AA"], ["E8 1EA", "N16 8BX", "E8 2AA"], ["E8", "N16"]),
        (["NF1 1NF", "nf11fa"], [], []),
        (["NF1 1NF", "E8 1EA"], ["E8 1EA"], ["E8"]),
        (["London", "", None], [], []),
        ([], [], []),
        (None, [], []),
    ],
)
def test_postcodes_take_one_form_each_once_and_those_of_prisons_are_none(written, postcodes, districts):
    row = clean(given({"postcodes": written})).row(0, named=True)
    assert (row["postcodes"], row["outcodes"]) == (postcodes, districts)


@pytest.mark.parametrize("kind", ["sentence", "offence"])
@pytest.mark.parametrize(
    ("told", "days", "first", "last"),
    [
        ([date(1970, 1, 11), date(1970, 1, 3), date(1970, 1, 11)], [2, 10], 2, 10),
        ([None, date(1969, 12, 31)], [-1], -1, -1),
        ([], [], None, None),
        (None, [], None, None),
    ],
)
def test_dates_are_days_in_order_each_once_with_first_and_last(kind, told, days, first, last):
    row = clean(given({f"{kind}_dates": told})).row(0, named=True)
    assert (row[f"{kind}_dates"], row[f"{kind}_first"], row[f"{kind}_last"]) == (days, first, last)


def test_absent_columns_are_taken_for_empty():
    whole = clean(given({"surname": "Belaford"}))
    assert clean(pl.DataFrame({"surname": ["Belaford"]})).equals(whole)
    assert whole.schema == clean(given({"pnc": CORE_PNC, "postcodes": ["E8 1EA"]})).schema


def test_other_columns_are_left_alone_and_not_handed_on():
    assert "shoe_size" not in clean(pl.DataFrame({"surname": ["Belaford"], "shoe_size": ["9"]})).columns


def test_an_empty_frame_gives_an_empty_frame_of_the_same_columns():
    assert clean(pl.DataFrame()).schema == clean(given()).schema == clean(given({})).schema
    assert clean(given()).height == 0


texts = st.none() | st.text(max_size=6) | st.sampled_from(["Kadan", "O'Balemu", "Mc Duff-Kordin", "NOT ENTERED", "A B", "É"])
records = st.fixed_dictionaries(dict.fromkeys(("forename", "surname", "sex", "pnc"), texts))
some = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@some
@for_all(st.lists(records, max_size=4))
def test_each_record_is_cleaned_by_itself_and_the_rows_keep_their_order(told):
    alone = [clean(given(record)) for record in told]
    assert clean(given(*told)).equals(pl.concat([clean(given()), *alone]))


@some
@for_all(st.lists(st.text(max_size=12), min_size=1, max_size=20))
@example(["Mª", "ﬁlora", "ß", "kadan"])
def test_a_cleaned_name_has_two_letters_or_more_and_cleaning_it_again_changes_nothing(written):
    once = clean(given(*({"forename": text} for text in written)))["forename"]
    assert all(len(name) >= 2 and " " not in name for name in once.drop_nulls())
    again = clean(given(*({"forename": text} for text in once)))["forename"]
    assert again.to_list() == once.to_list()


def test_what_is_told_of_a_record_is_what_the_product_names():
    assert set(given({}).columns) == set(RECORD)
