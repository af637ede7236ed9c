"""Each check on a text with its fault planted, and on the same text with the fault mended: then nothing is found."""

import pytest

from tests.report.figure_audit.audited import alarms, sides

STAGES = "Table 1. Debt advice by town\n\n| Town | Referred | Accepted | Completed |\n| --- | --- | --- | --- |\n"
QUARTERS = "\n\n| Count | Quarter 1 | Quarter 2 | Quarter 3 |\n| --- | --- | --- | --- |\n| Visits to families | {} | {} | {} |"
SCALE = "| Statement | Agree | Neutral | Disagree |\n| --- | --- | --- | --- |\n| It helped (n=25) | {} | 20.0% | 12.0% |"
# What is wrong, what is right, and where it stands in the text; then what the audit says of the wrong one.
CASES = [
    ("41%", "39%", "Of those asked, {} (n=11/28) said yes.", ("percentage", "41%", "11 of 28")),
    ("31%", "32%", "Of the 37 men, 12 ({}) moved.", ("percentage", "31%", "12 of 37")),
    ("12/36", "12/37", "A flat was found for {} (32%).", ("percentage", "32%", "12 of 36")),
    ("65%", "70%", "{} (21) were pleased (n=30).", ("percentage", "65%", "21 of 30")),
    ("67.9%", "68.0%", SCALE, ("percentage", "67.9%", "n=25")),
    ("(n=6/10)", "(n=13/20)", "Almost two thirds {} of teams agreed.", ("spoken share", "Almost two thirds", "6 of 10")),
    ("(48%)", "(52%)", "The majority of staff {} had been trained.", ("spoken share", "The majority", "48%")),
    ("less than half", "over half", "{} of them (n=17/33) stayed.", ("spoken share", "less than half", "17 of 33")),
    ("(n=19)", "(n=15)", "Of the 37 men, 12 moved. The remaining men stayed {}, died (n=1) or left (n=9).",
     ("parts of a whole", "37", "12 + 19 + 1 + 9")),
    ("80 in York", "78 in York", "They made 88 assessments: {} and 10 in Leeds.", ("parts of a whole", "88", "80 + 10")),
    ("67% managed", "73% managed", "Cases came from both firms. The caseload: {} by Acorn and 27% managed by Beech.",
     ("parts of a whole", "94%", "100%")),
    ("59", "60", STAGES + "| York | 40 | 30 | 12 |\n| Leeds | 20 | 18 | 9 |\n| Total | {} | 48 | 21 |", ("total", "59", "60")),
    ("64.0%", "68.0%", SCALE, ("hundred", "96.0%", "100%")),
    ("31", "30", STAGES + "| York | 30 | {} | 12 |\n| Leeds | 20 | 18 | 9 |", ("part above whole", "30", "31")),
    ("40", "30", "Of the 98 families, 64 went to Arts and 36 to Crafts. {} went to both Arts and Crafts.",
     ("overlap", "40", "36")),
    ("44", "48", "In total {} women have started debt advice.\n\nSo far 48 women have engaged with the debt advice service.",
     ("two values", "44", "48")),
    ("48", "46",
     "{} referrals have been accepted for debt advice.\n\n" + STAGES + "| York | 40 | 28 | 12 |\n| Leeds | 20 | 18 | 9 |",
     ("two values", "48", "46")),
    ("67%", "73%", "The caseload was {} managed by Acorn.\n\nMore were managed by Acorn (73%) than by Beech (27%).",
     ("two values", "67%", "73%")),
    ("24 home visits", "26 home visits",
     "It made {} in all.\n\nThese were the following home visits: first (11), second (9), last (6).",
     ("two values", "24", "26")),
    ("4.5", "4.6", "Referrals rose from an average of {} per month over the previous 5 months.", ("mean", "4.5", "5 months")),
    ("3.1", "2.3", "It handled 96 debts for 41 women, an average of {} debts each.", ("mean", "96", "3.1")),
    ("claims", "debts", "A total of 96 debts were settled for 41 women, an average of 2.3 {} each.", ("mean", "96", "2.3")),
    ("increased", "fell", "Arrests {} from 48 in May to 41 in June.", ("change", "increased", "48 to 41")),
    ("of 12 days", "of 10 days", "The wait fell from 30 days to 20 days, a reduction {}.", ("change", "12", "30 to 20")),
    ("12 days quicker", "18 days quicker", "It was {}, from arrest to charge (21 to 6 days) and to trial (39 to 36 days).",
     ("change", "12 days quicker", "21 to 6, 39 to 36")),
    ("remained stable", "increased",
     "Visits to families rose over the last six months.\n\nVisits to families have {} over the last few months.",
     ("direction", "rose", "remained stable")),
    ("less likely", "more likely", "Those helped were {} to stay in work (63% vs. 19%).",
     ("direction", "less likely", "63% against 19%")),
    ("9 May 2019", "16 May 2019", "The advice clinic opened on {}.\n\nThe advice clinic opened on 16 May 2019.",
     ("two dates", "9 May 2019", "16 May 2019")),
    ("225 patients", "225 cases",
     "In all {} were brought to the attention of the court.\n\n225 cases were brought to the attention of the court.",
     ("people or cases", "225", "225")),
]  # fmt: skip


@pytest.mark.parametrize(("wrong", "right", "text", "said"), CASES, ids=[f"{case[0]}" for case in CASES])
def test_the_planted_fault_is_found_and_the_mended_text_is_quiet(wrong, right, text, said):
    assert said in sides(alarms(text.format(wrong)))
    assert sides(alarms(text.format(right))) == []


@pytest.mark.parametrize(("values", "found"), [((20, 22, 22), True), ((20, 24, 23), True), ((20, 22, 25), False)])
def test_steadily_asks_that_each_number_be_above_the_one_before(values, found):
    text = "Visits to families increased steadily." + QUARTERS.format(*values)
    assert [kind for kind, _, _ in sides(alarms(text))] == (["direction"] if found else [])


# What looks like a contradiction and is none.
QUIET = [
    "The target is that 90% are seen within 10 days; only 38% were seen within 10 days.",
    "In Leeds 36% of women were mothers. In York 41% of women were mothers.",
    "In Leeds 12 women started debt advice. In York 19 women started debt advice.",
    "In May, 9 women completed debt advice. By the end, 40 women had completed debt advice.",
    "Of the 50 women, 12 started debt advice. So far 48 women have started debt advice.",
    "Some 200 women will be referred to debt advice. So far 48 women have been referred to debt advice.",
    "Between 1 May 2019 and 1 June 2019, 9 women began debt advice. "
    "Between 1 May 2019 and 1 May 2020, 40 women began debt advice.",
    "Men of 48 started debt advice, aged 18-25, in Table 3 and section 4, on 6 May 2019, for 12 weeks and £300.",
    "Reasons included cost (41%), distance (11%) and time (7%).",
    "Of the 225 patients, 125 had one service, 13 two, and 2 a third.",
    "Six men started cooking and nine women started cooking.",
    "Of the 98 families, 64 went to Arts and 36 to Crafts. 28 went to both Arts and Crafts.",
    "The first group began in May 2019 and the second group began in June 2019.",
    "An average of 1.18 appointments per week was kept over the last quarter.",
    "Visits rose over the last six months. Complaints fell over the last six months.",
    "About two thirds (65%) agreed; just over half (51%) did not; a third (32%) had no view.",
]  # fmt: skip


@pytest.mark.parametrize("text", QUIET)
def test_what_is_no_contradiction_is_left_alone(text):
    assert sides(alarms(text)) == []


def test_an_alarm_tells_both_places_the_words_around_them_and_the_arithmetic():
    text = (
        "# Summary\n\nIn total 44 women have started debt advice.\n\n# Results\n\nSo far 48 women have engaged with debt advice."
    )
    (alarm,) = alarms(text)
    assert (alarm.one.place.section, alarm.other.place.section) == ("Summary", "Results")
    assert alarm.one.words == "In total 44 women have started debt advice."
    assert alarm.what == "44 and 48 for one thing: debt advice (start)"
    assert alarm.working == "both count the same; 44 is not 48"
