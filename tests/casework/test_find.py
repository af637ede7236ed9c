"""Finding a person by what people type. Each table says what is typed and who is found, the best first."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.casework.conftest import ARRESTS, PEOPLE
from throughcare.casework.audit.actions import recording
from throughcare.casework.audit.models import Entry
from throughcare.casework.people.actions import reindex_names, settle
from throughcare.casework.people.keys import alike
from throughcare.casework.people.models import AgencyRecord, Person, SearchKey, Spelling
from throughcare.casework.people.search import ALL_BUT_ONE, find
from throughcare.core.identifiers import make_asn

PROBATION = "record_id,crn,pnc,cro,prison_number,forenames,surname,date_of_birth,sex,ethnicity\n"
ALIASES = "record_id,pnc,forenames,surname\n"
ASN = make_asn(year=2015, force="01", unit="ZD", system="01", serial=410836)
WHO = """
record | crn     | pnc          | cro         | prison  | forenames     | surname      | born
ann    | X320741 | 1979/0163001B | SF05/482703J | A1234BC | Tavika Mary   | Bailey       | 1990-07-05
bob    | X100002 |              |             |         | Robert        | Bailey       | 1994-03-31
moh    | X100003 |              |             |         | Mohammed      | Hussain      | 1988-12-01
obr    | X100004 | 1981/0000034U |             |         | Siân          | O'Brien      | 1975-01-30
smj    | X100005 |              |             |         | Anne-Marie    | Smith-Jones  | 1969-10-10
mcd    | X100006 |              |             |         | Duncan        | McDonald     | 1990-05-07
luk    | X100007 |              |             |         | Łukasz        | Wiśniewski   | 2001-02-28
"""
TYPED = """
typed                         | found
bailey                        | ann bob      the surname
BAILEY                        | ann bob      in capitals
tavika bailey                 | ann
Bailey, Tavika                | ann          in the other order
tavika mary bailey            | ann
mary bailey                   | ann          by the middle name
tav bail                      | ann          beginnings
bai                           | ann bob
r bailey                      | bob          by an initial
R. Bailey                     | bob
baley                         | ann bob      a letter dropped
bailley                       | ann bob      doubled
baliey                        | ann bob      swapped
bajley                        | ann bob      another
bayleigh                      | ann bob      as it sounds
tavika bayley                 | ann
muhammad hussain              | moh
mohamed hussein               | moh
mahomed husain                | moh
hosein muhamad                | moh
o'brien                       | obr
O’Brien                       | obr          the other apostrophe
obrien                        | obr
o brien                       | obr
sian obrien                   | obr          without the accent
smith-jones                   | smj
smith jones                   | smj
smithjones                    | smj
jones                         | smj          one half
jones smith                   | smj
annemarie                     | smj
anne marie smith              | smj
mcdonald                      | mcd
mc donald                     | mcd
macdonald                     | mcd
lukasz wisniewski             | luk
Łukasz Wiśniewski             | luk
velska                        | obr          an alias
vellska                       | obr          an alias misspelled
5/7/1990                      | ann mcd      the day; then day and month exchanged
05-07-90                      | ann mcd
5.7.90                        | ann mcd
5 July 1990                   | ann
5th of July 1990              | ann
July 5, 1990                  | ann
5jul1990                      | ann
1990-07-05                    | ann mcd
05071990                      | ann mcd
31/3/1994                     | bob
3/31/1994                     | bob          there is no month 31
28/2/01                       | luk
1994                          | bob          a year
bailey 1994                   | bob
1994 baily                    | bob
born 1994                     | bob
dob 31/03/94 bailey           | bob
X320741                       | ann          CRN
crn: x320741                  | ann
x 320741                      | ann
1979/0163001B                 | ann          PNC ID
79/163001b                    | ann
PNC 19790163001B              | ann
sf05/482703j                  | ann          CRO number
A1234BC                       | ann          prison number
a 1234 bc                     | ann
prison number a1234bc         | ann
X320741 hussain               | ann moh      a number comes first
X100003 mohammed              | moh
bailey 31/3/1995              | ann bob      nobody has both: who has one of them
okwabira                      | nobody
bailey okwabira               | ann bob
X999999                       | nobody
79/163001c                    | nobody       a wrong check letter
%                             | nobody
_____                         | nobody
b%y                           | nobody
'; drop table people          | nobody
"""


def table(text: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()[1:]]


@pytest.fixture
def store(load, extract) -> dict[str, int]:
    """The people of WHO; two have an alias, one an arrest. Gives the person of each record."""
    rows = [f"{r},{crn},{pnc},{cro},{prison},{fore},{sur},{born},," for r, crn, pnc, cro, prison, fore, sur, born in table(WHO)]
    load(
        extract("nps-people", PROBATION + "\n".join(rows) + "\n"),
        extract("police-aliases", ALIASES + "L1,1981/0000034U,Siân,Velska\n"),
        extract("police-arrests", ARRESTS + f"A1,1981/0000034U,2015-03-02,{ASN},02800\n"),
    )
    return dict(AgencyRecord.objects.values_list("source__record_id", "person_id"))


def names(store: dict[str, int], words: str, **how: object) -> str:
    whose = {person: record for record, person in store.items()}
    return " ".join(whose[hit.person] for hit in find(words, **how).hits) or "nobody"


def test_what_is_typed_finds_whom(store):
    wrong = []
    for typed, told in table(TYPED):
        expected = told.split("  ")[0]
        if (found := names(store, typed)) != expected:
            wrong.append(f"{typed}: {found}, not {expected}")
    assert wrong == []


WHY = """
typed                | who | why
x320741              | ann | same CRN
79/163001b           | ann | same PNC ID
Tavika Bailey        | ann | same name: TAVIKA BAILEY
bail 1994            | bob | name begins alike: BAILEY; year of birth
muhammad             | moh | name spelled alike: MOHAMMED
vellska              | obr | alias spelled alike: VELSKA
velska 30/1/1975     | obr | same alias: VELSKA; date of birth
30 Jan 75            | obr | date of birth
mcdonald 5/7/1990    | mcd | same name: MCDONALD; date of birth with day and month exchanged
"""


def test_each_hit_says_why(store):
    for typed, who, why in table(WHY):
        (hit,) = find(typed).hits
        assert (hit.person, hit.why) == (store[who], why), typed
    (hit,) = find(ASN.lower()).hits
    assert (hit.person, hit.why) == (store["obr"], "same arrest summons number")
    (hit,) = find(str(store["moh"])).hits
    assert (hit.person, hit.why) == (store["moh"], f"Throughcare id {store['moh']}")


UNDERSTOOD = """
typed                    | understood
bailey 5/7/90            | born 5 July 1990; name BAILEY
r bailey 1990            | born in 1990; name R BAILEY
crn x320741              | CRN X320741
x999999                  | CRN X999999
79/163001c               | 79/163001c: the check letter of the PNC ID is wrong
2033/0993399H            | 2033/0993399H: a PNC ID that is written where none is known
bailey 31/2/1990         | name BAILEY; 31/2/1990 was left out: no identifier, date or name
                         | nothing to look for
%                        | nothing to look for
born                     | name BORN
"""


def test_what_the_words_were_taken_for_is_said(db):
    assert [[typed, find(typed).understood] for typed, _ in table(UNDERSTOOD)] == table(UNDERSTOOD)


def test_whoever_fits_all_but_one_part_is_shown_only_where_nobody_fits_all_and_that_is_said(store):
    assert find("bailey okwabira").understood == f"name BAILEY OKWABIRA; {ALL_BUT_ONE}"
    assert names(store, "okwabira 1990") == "nobody", "a year alone says too little"


@pytest.mark.parametrize("words", ["", "  ", "\0", "\n\t", "-", "'", "%%", "*", "x" * 100_000, "ab " * 50_000, "1" * 5_000, "🙂"])
def test_any_text_can_be_typed(store, words):
    assert find(words).hits == ()


def test_of_long_text_the_beginning_is_used(store):
    assert names(store, "bailey " * 1000) == "ann bob"
    assert "only the first 200 letters were used" in find("bailey " * 1000).understood
    assert find("a b c d").understood == "name A B", "of letters that stand alone, two"
    assert "only the first 8 names were used" in find("bailey aa bb cc dd ee ff gg hh").understood


def test_an_empty_store_finds_nobody(db):
    assert find("bailey").hits == ()


def test_only_the_allowed_are_found_and_nothing_tells_of_others(store):
    bob = Person.objects.filter(pk=store["bob"])
    assert names(store, "bailey", among=bob) == "bob"
    assert find("bailey", among=bob, limit=1).more is False, "that there is another Bailey is not told"
    for words in ("X320741", "79/163001b", ASN, "5/7/1990", "tavika", "velska", str(store["ann"])):
        nobody = find(words, among=bob)
        assert (nobody.hits, nobody.more) == ((), False), words
    told, hidden = find("robert okwabira", among=bob), find("robert hussain", among=bob)
    assert told.understood.replace("OKWABIRA", "HUSSAIN") == hidden.understood, "somebody not allowed is as nobody"
    assert names(store, "bailey", among=Person.objects.none()) == "nobody"


def test_the_page_is_filled_from_the_allowed(load, extract):
    load(extract("nps-people", PROBATION + "".join(f"N{n},X{n:06d},,,,Tavi,Brellan,,,\n" for n in range(60))))
    ids = sorted(Person.objects.values_list("pk", flat=True))
    allowed = Person.objects.filter(pk__in=ids[40:])
    page = find("brellan", among=allowed, limit=5)
    assert ([hit.person for hit in page.hits], page.more) == (ids[40:45], True)
    assert [hit.person for hit in find("brelan", among=allowed, limit=20).hits] == ids[40:]
    assert find("brelan", among=allowed, limit=20).more is False
    with pytest.raises(ValueError, match="one at least"):
        find("brellan", limit=0)


def test_the_best_come_first_own_name_other_name_beginning_spelling(load, extract):
    load(
        extract("police-people", PEOPLE + "P1,1979/0163001B,,Tavi,Velska,,,\nP2,1981/0000034U,,Oren,Brellan,,,\n"),
        extract("police-aliases", ALIASES + "L1,1979/0163001B,Tavi,Brellan\n"),
        extract("nps-people", PROBATION + "N1,X000001,,,,Oren,Brellans,,,\nN2,X000002,,,,Oren,Brelan,,,\n"),
    )
    told = [hit.why for hit in find("brellan").hits]
    assert told == ["same name: BRELLAN", "same alias: BRELLAN", "name begins alike: BRELLANS", "name spelled alike: BRELAN"]


def test_a_search_asks_the_store_six_times_at_most(store):
    words = f"x320741 {ASN} baily okwabira 1990 5/7/90 r"
    for typed in (words, str(store["ann"]), "bailey okwabira", "baily", "5/7/1990", "", "1990"):
        with CaptureQueriesContext(connection) as asked:
            find(typed, among=Person.objects.filter(pk__gt=0))
        assert len(asked) <= 6, typed


def test_who_was_merged_is_found_as_the_other_and_again_alone_when_parted(load, extract):
    load(
        extract("police-people", PEOPLE + "P1,1979/0163001B,,Tavi,Brellan,1979-02-28,F,White\n"),
        extract("nps-people", PROBATION + "N1,X320741,,,,Tavy,Okwabira,1979-02-28,F,\n"),
        extract("police-aliases", ALIASES + "L1,1979/0163001B,Tavi,Velska\n"),
    )
    police, probation = (AgencyRecord.objects.get(source__record_id=record) for record in ("P1", "N1"))
    kept, other = probation.person_id, police.person_id
    before = sorted(SearchKey.objects.values_list("person", "key", "kind"))
    with recording(by="test", verb="test.merge"):
        settle([[police.pk, probation.pk]])
    for words in ("okwabira", "brellan", "velska", "X320741", "28/2/1979", str(kept), str(other)):
        assert [hit.person for hit in find(words).hits] == [kept], words
    assert find(str(other)).hits[0].why == f"Throughcare id {other}, which redirects to {kept}"
    assert find("brellan").hits[0].why == "same name in an agency's record: BRELLAN", "probation is believed before the police"
    assert find(str(other), among=Person.objects.filter(pk=other)).hits == ()
    assert not SearchKey.objects.filter(person=other).exists()
    with recording(by="test", verb="test.part"):
        settle([[police.pk], [probation.pk]], returning={police.pk: other})
    assert [hit.person for hit in find("okwabira").hits] == [kept]
    assert [hit.person for hit in find("velska").hits] == [other]
    assert sorted(SearchKey.objects.values_list("person", "key", "kind")) == before


def test_a_number_passed_on_takes_the_aliases_that_came_by_it(load, extract):
    load(
        extract("nps-people", PROBATION + "N1,X320741,1979/0163001B,,,Oren,Brellan,,,\n"),
        extract("police-aliases", ALIASES + "L1,1979/0163001B,Tavi,Velska\n"),
        extract("crc-people", PROBATION + "C1,X100002,,,,Danel,Okwabira,,,\n"),
    )
    load(extract("police-people", PEOPLE + "P1,1979/0163001B,,Danel,Okwabira,,,\n"))
    nps, crc, police = (AgencyRecord.objects.get(source__record_id=record) for record in ("N1", "C1", "P1"))
    with recording(by="test", verb="test.settle"):
        settle([[nps.pk], [crc.pk, police.pk]])
    assert [hit.person for hit in find("velska").hits] == [crc.person_id]


def test_a_corrected_name_is_found_and_the_wrong_one_no_more(load, extract):
    load(
        extract("police-people", PEOPLE + "P1,1979/0163001B,,Tavi,Brellan,1979-02-28,,\nP2,1981/0000034U,,Oren,Sallow,,,\n"),
        extract("police-aliases", ALIASES + "L1,1979/0163001B,Tavi,Velska\n"),
    )
    tavi, oren = (AgencyRecord.objects.get(source__record_id=record).person_id for record in ("P1", "P2"))
    load(extract("police-people", PEOPLE + "P1,1979/0163001B,,Tavi,Okwabira,1980-02-28,,\n"))
    assert [hit.person for hit in find("okwabira 28/2/1980").hits] == [tavi]
    assert find("brellan").hits == find("28/2/1979").hits == ()
    assert not Spelling.objects.filter(word="BRELLAN").exists(), "a word that nobody has any more is forgotten"
    assert Spelling.objects.filter(word="TAVI").exists()
    load(extract("police-aliases", ALIASES + "L1,1981/0000034U,Tavi,Velska\n"))
    assert [hit.person for hit in find("velska").hits] == [oren], "the alias was somebody else's"
    assert SearchKey.objects.filter(key="VELSKA").values_list("person", flat=True).get() == oren


def test_keys_of_a_store_made_before_are_worked_out_anew_and_that_is_in_the_audit(store):
    keys = sorted(SearchKey.objects.values_list("person", "key", "kind"))
    spellings = sorted(Spelling.objects.values_list("key", "word"))
    with recording(by="test", verb="test.before"):
        SearchKey.objects.all().delete()
        Spelling.objects.all().delete()
    assert names(store, "bailey") == "nobody"
    assert reindex_names(by="test") == len(store)
    assert sorted(SearchKey.objects.values_list("person", "key", "kind")) == keys
    assert sorted(Spelling.objects.values_list("key", "word")) == spellings
    assert Entry.objects.get(verb="people.reindex_names").actor == "test"
    with pytest.raises(RuntimeError, match="call the action"):
        SearchKey(person_id=store["ann"], key="VELSKA", kind="name").save()


def test_the_day_that_an_agency_has_otherwise_finds_too(load, extract):
    load(
        extract("nps-people", PROBATION + "N1,X320741,1979/0163001B,,,Tavi,Brellan,1979-02-28,F,\n"),
        extract("police-people", PEOPLE + "P1,1979/0163001B,,Tavi,Brellan,1979-03-28,F,\n"),
    )
    assert find("28/3/1979").hits[0].why == "date of birth in an agency's record"
    assert Person.objects.get().date_of_birth == date(1979, 2, 28)


@pytest.mark.parametrize(
    ("asked", "word", "far"),
    [
        ("BAILEY", "BAILEY", 0), ("BALEY", "BAILEY", 1), ("BALIEY", "BAILEY", 1), ("CATHERINE", "KATHRYN", 2),
        ("STEPHEN", "STEVEN", 2), ("MUHAMMAD", "MOHAMED", 2), ("SEAN", "SHAUN", 3), ("BAILEY", "BULL", 3), ("SMITH", "JONES", 3),
    ],
)  # fmt: skip
def test_how_far_two_words_are(asked, word, far):
    assert alike(asked, word) == far
