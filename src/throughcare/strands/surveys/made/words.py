"""What an e-mail with a link says. It names nobody, and does not say what the survey is about: it lies in an inbox."""

from datetime import date

from throughcare.core.dates import weekday_in_words

SUBJECT = {"invite": "You are asked to answer a short survey", "remind": "A short survey is still open"}


def letter(kind: str, *, link: str, last: date) -> tuple[str, str]:
    """Subject and text of an invitation ("invite") or a reminder ("remind"); `last`: the last day on which it can be answered."""
    first = {
        "invite": "You are asked to answer a short survey about working together.",
        "remind": "A short survey is still open. You get this because your link has not been used yet.",
    }[kind]
    text = (
        f"{first}\n\n{link}\n\n"
        "The link works once, and needs no password. Your answers are kept without your name, your address or the time, and "
        "nobody can see which are yours. You need not answer, and may leave out any question.\n\n"
        f"It can be answered until the end of {weekday_in_words(last)}. Please do not pass your link on.\n"
    )
    return SUBJECT[kind], text
