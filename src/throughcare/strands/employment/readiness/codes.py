"""The codes of getting ready for work. None of them tells of health or of an offence."""

from collections.abc import Mapping

EVIDENCE: Mapping[str, str] = {
    "uk_passport": "British or Irish passport", "birth_ni": "Birth certificate and National Insurance number",
    "settled": "Indefinite leave or settled status", "share_code": "Home Office online check (share code)",
    "visa": "Passport with a visa or stamp", "permit": "Residence permit",
    "asylum": "Application card with the Home Office's reply",
}  # fmt: skip
TIMED = ("share_code", "visa", "permit", "asylum")
"""Evidence that may hold until a day only."""

STATES: Mapping[str, str] = {
    "ready": "Ready for work", "with_support": "Ready, with support", "not_yet": "Not ready yet",
    "not_now": "Does not want work now",
}  # fmt: skip
READY = ("ready", "with_support")
TO_DO: Mapping[str, str] = {
    "bank": "A bank account", "cv": "A CV", "disclosure": "A letter about convictions, their own", "email": "An e-mail address",
    "phone": "A telephone", "home": "Somewhere to live", "id": "Proof of identity", "clothes": "Clothes for an interview",
    "practice": "Practice for an interview",
}  # fmt: skip

NEEDS: Mapping[str, str] = {
    "travel_pass": "Travel: fares or a pass", "travel_route": "Travel: how to get there", "driving": "Training: driving lessons",
    "cscs": "Training: CSCS card", "food": "Training: food hygiene", "security": "Training: security licence",
    "maths_english": "Training: maths or English", "digital": "Training: computers", "other_course": "Training: another course",
    "clothes": "Work clothes or boots", "tools": "Tools", "identity": "Papers that prove identity", "childcare": "Childcare",
}  # fmt: skip
PAID_BY: Mapping[str, str] = {
    "free": "Nobody: it cost nothing", "pathway": "The employment pathway", "employer": "The employer",
    "jobcentre": "The Jobcentre",
    "probation": "Probation", "charity": "A charity", "themselves": "The person",
}  # fmt: skip

LICENCES: Mapping[str, str] = {
    "driving": "driving licence", "forklift": "forklift licence", "cscs": "CSCS card", "food": "food hygiene certificate",
    "sia": "security (SIA) licence",
}  # fmt: skip

CURFEW, BOROUGH = "curfew", "borough"
LIMITS: Mapping[str, str] = {
    CURFEW: "At home at certain hours (a curfew)", BOROUGH: "Must not be in a borough", "driving": "Must not drive",
    "children": "No work with children", "vulnerable": "No work with people who need care", "homes": "No work in people's homes",
    "money": "No work with money or stock", "online": "No work with computers or the internet",
}  # fmt: skip
TOLD = (CURFEW, BOROUGH, "driving")
"""Conditions that the broker reads in words. Of the others, which would say what somebody did, only that there is one."""

INVOLVES: Mapping[str, str] = {
    "driving": "Driving", "children": "Children", "vulnerable": "People who need care", "homes": "Going into people's homes",
    "money": "Money or stock", "online": "Computers or the internet",
}  # fmt: skip
"""What a job may involve: of the same codes as the conditions that bar it."""

PILOT, CONVICTIONS = "pilot", "convictions"
MAY_BE_TOLD: Mapping[str, str] = {
    PILOT: "That you work with them as part of this pilot", CONVICTIONS: "That they have convictions, and no more of them",
}  # fmt: skip
HOW: Mapping[str, str] = {"in_writing": "In writing", "in_person": "In person"}
