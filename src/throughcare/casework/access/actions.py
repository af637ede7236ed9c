"""Writing accounts, posts, caseloads and limits. Leavers are removed at once; work stays with the post."""

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime

import polars as pl

from throughcare.casework.access import errors
from throughcare.casework.access.models import (
    LIMITS,
    REASONS,
    Account,
    Allocation,
    Handover,
    Holding,
    Limit,
    LimitName,
    Opening,
    Post,
    Token,
)
from throughcare.casework.access.policy import ROLES
from throughcare.casework.access.reader import Reader
from throughcare.casework.access.tokens import LONGEST, NotAToken, digest_of, new_token
from throughcare.casework.audit.actions import recording
from throughcare.casework.elsewhere.actions import follow_import, owe
from throughcare.casework.imports.actions import insert
from throughcare.casework.imports.adoption.actions import adopt
from throughcare.casework.people.models import Person
from throughcare.casework.people.queries import on_the_day
from throughcare.casework.pilot import current_pilot
from throughcare.core.dates import day_in_words

FACT = "caseloads"


def make_account(*, by: str, username: str, name: str = "", email: str = "", password: str | None = None) -> Account:
    """A new account. Without a password it can only sign in through the organisation's own sign-on."""
    with recording(by=by, verb="access.make_account") as entry:
        account = Account(username=username, name=name, email=email)
        account.set_password(password)
        account.save()
        entry.about(account)
    return account


def remove_account(*, by: str, account: Account, on: date) -> None:
    """A leaver: cannot sign in from now on, holds no post any more, is signed out everywhere. What was done stays."""
    with recording(by=by, verb="access.remove_account") as entry:
        account.is_active = False
        account.set_unusable_password()
        account.save()
        for holding in Holding.objects.filter(account=account).exclude(end__lte=on):
            holding.end = max(on, holding.start)
            holding.save()
        for token in Token.objects.filter(account=account, withdrawn=False):
            token.withdrawn = True
            token.save()
        entry.about(account)


def restore_account(*, by: str, account: Account) -> None:
    """Undoes a removal: the account may sign in again; posts and password are given anew."""
    with recording(by=by, verb="access.restore_account") as entry:
        account.is_active = True
        account.save()
        entry.about(account)


def set_password(*, by: str, account: Account, password: str) -> None:
    """A new password, given by the organisation's administrator or by the account itself."""
    with recording(by=by, verb="access.set_password") as entry:
        account.set_password(password)
        account.save()
        entry.about(account)


def make_post(
    *, by: str, slug: str, title: str, role: str, place: str = "", team: str = "", office: str = "", agency: str = "",
    code: str = "", telephone: str = "", email: str = "",
) -> Post:  # fmt: skip
    """A new post; vacant until somebody holds it."""
    if role not in ROLES:
        raise errors.NotAPost(
            what=f"There is no role {role!r}", record=slug, expected=" or ".join(ROLES), mend="give a role of the access policy"
        )
    with recording(by=by, verb="access.make_post") as entry:
        post = Post(
            slug=slug, title=title, role=role, place=place, team=team, office=office, agency=agency, code=code,
            telephone=telephone, email=email,
        )  # fmt: skip
        post.save()
        entry.about(post)
    return post


def close_post(*, by: str, post: Post, on: date) -> None:
    """A post that is no more. Refused while people are on its caseload."""
    if Allocation.objects.filter(on_the_day(on), post=post).exists():
        raise errors.NotAPost(
            what="People are on the caseload of the post", record=post.slug, expected="an empty caseload",
            mend="hand them over first",
        )  # fmt: skip
    with recording(by=by, verb="access.close_post") as entry:
        post.closed_on = on
        post.save()
        entry.about(post)


def hold(*, by: str, post: Post, account: Account, start: date, end: date | None = None, cover: bool = False) -> Holding:
    """The account holds the post from the day on, or covers it."""
    if Holding.objects.filter(on_the_day(start), post=post, account=account).exists():
        raise errors.AlreadyHeld(
            what="The account holds the post already", record=f"{account.username}, {post.slug}",
            expected="an account that does not", mend="end that first",
        )  # fmt: skip
    with recording(by=by, verb="access.hold") as entry:
        holding = Holding(post=post, account=account, start=start, end=end, cover=cover)
        holding.save()
        entry.about(holding)
        entry.details = {"post": post.slug, "account": account.pk, "cover": cover}
    return holding


def let_go(*, by: str, holding: Holding, on: date) -> None:
    """The account holds the post no more. Its work stays with the post: unowned, if nobody else holds it."""
    with recording(by=by, verb="access.let_go") as entry:
        holding.end = max(on, holding.start)
        holding.save()
        entry.about(holding)
        entry.details = {"post": holding.post.slug, "account": holding.account_id}


def allocate(*, by: str, person: int, post: Post, on: date) -> Allocation:
    """The person is on the caseload of the post, or matched with it, from the day on. Idempotent."""
    with recording(by=by, verb="access.allocate") as entry:
        found = Allocation.objects.filter(on_the_day(on), person=person, post=post).first()
        allocation = found or Allocation(person_id=person, post=post, start=on)
        if found is None:
            allocation.save()
        entry.about(allocation)
        entry.details = {"post": post.slug}
    return allocation


def ask_handover(*, by: str, people: Collection[int], from_post: Post, to_post: Post, on: date, reason: str) -> list[Handover]:
    """Asks another post to take one person or many. Nothing moves until it accepts; what is asked already stands."""
    _on_caseload(people, from_post, on)
    with recording(by=by, verb="access.ask_handover") as entry:
        asked = Handover.objects.filter(person__in=list(people), from_post=from_post, to_post=to_post, accepted=None)
        already = {h.person_id: h for h in asked}
        for person in sorted(set(people) - set(already)):
            handover = Handover(
                person_id=person, from_post=from_post, to_post=to_post, asked_on=on, asked_by=by, reason=reason
            )
            handover.save()
            already[person] = handover
            entry.also("access.handover_asked", "access.handover", str(handover.pk), person_id=person, details={})
        entry.about(to_post)
        entry.details = {"from": from_post.slug, "to": to_post.slug, "people": len(already)}
    return [already[person] for person in sorted(already)]


def _on_caseload(people: Collection[int], post: Post, on: date) -> None:
    held = Allocation.objects.filter(on_the_day(on), post=post, person__in=list(people)).values_list("person", flat=True)
    missing = sorted(set(people) - set(held))
    if missing:
        raise errors.NotOnTheCaseload(
            what="The person is not on the caseload", record=f"person {missing[0]}, {post.slug}",
            expected="somebody on it", mend="leave the person out",
        )  # fmt: skip


def accept_handover(*, by: str, handover: Handover, on: date) -> Allocation:
    """The receiver takes the person from the day on: the one span ends where the other starts."""
    with recording(by=by, verb="access.accept_handover") as entry:
        handover = _unanswered(handover)
        _on_caseload([handover.person_id], handover.from_post, on)
        for old in Allocation.objects.filter(on_the_day(on), post=handover.from_post, person=handover.person_id):
            old.end = max(on, old.start)
            old.save()
        allocation = Allocation(person_id=handover.person_id, post=handover.to_post, start=on)
        allocation.save()
        _answered(handover, by=by, on=on, accepted=True, words="")
        text = f"Transfer to {handover.to_post.title} from {day_in_words(on)}"
        owe(by=by, kind=FACT, person=handover.person, record=allocation, text=text, on=on, pilot=current_pilot())
        entry.about(handover)
        entry.details = {"from": handover.from_post.slug, "to": handover.to_post.slug}
    return allocation


def refuse_handover(*, by: str, handover: Handover, on: date, words: str) -> None:
    """The receiver does not take the person, and says why; the person stays where they are."""
    with recording(by=by, verb="access.refuse_handover") as entry:
        handover = _unanswered(handover)
        _answered(handover, by=by, on=on, accepted=False, words=words)
        entry.about(handover)


def _unanswered(handover: Handover) -> Handover:
    found = Handover.objects.select_for_update().get(pk=handover.pk)
    if found.accepted is not None:
        raise errors.AlreadyAnswered(
            what="The handover has been answered", record=f"handover {found.pk}", expected="one that waits",
            mend="look at what was answered",
        )  # fmt: skip
    return found


def _answered(handover: Handover, *, by: str, on: date, accepted: bool, words: str) -> None:
    handover.accepted, handover.answered_on, handover.answered_by, handover.answer = accepted, on, by, words
    handover.save()


def limit(
    *, by: str, person: int, kind: str, accounts: Sequence[Account], start: date, ring: Post | None = None, reason: str = ""
) -> Limit:
    """Excludes accounts from a person, or restricts the person to them, from the day on."""
    if kind not in LIMITS:
        raise errors.NotAPost(what=f"There is no limit {kind!r}", record=f"person {person}", expected=" or ".join(LIMITS),
                              mend="give one of these")  # fmt: skip
    with recording(by=by, verb="access.limit") as entry:
        Person.objects.select_for_update().get(pk=person)
        made = Limit(person_id=person, kind=kind, start=start, ring=ring, reason=reason)
        made.save()
        LimitName.objects.bulk_create([LimitName(limit=made, account=account) for account in accounts])
        entry.about(made)
        entry.details = {"kind": kind, "accounts": [account.pk for account in accounts]}
    return made


def lift(*, by: str, limit: Limit, on: date) -> None:
    """The limit ends on the day."""
    with recording(by=by, verb="access.lift") as entry:
        limit.end = max(on, limit.start)
        limit.save()
        entry.about(limit)


def limits_follow(*, by: str, person: int, parted: int, on: date) -> list[Limit]:
    """Somebody was parted from a limited person: the limits running on the one hold for both, until somebody decides otherwise.

    What the parted records tell was the limited person's until now; it fails closed.
    """
    made = []
    running = Limit.objects.filter(person=person).exclude(end__lte=on)
    for each in running.select_related("ring").order_by("pk"):
        accounts = [name.account for name in each.names.select_related("account")]
        made.append(
            limit(
                by=by, person=parted, kind=each.kind, accounts=accounts, start=each.start, ring=each.ring, reason=each.reason
            )
        )  # fmt: skip
    return made


def open_for_reason(*, reader: Reader, person: int, reason: str, words: str = "") -> Opening:
    """The reader says why it needs to see a person outside its scope; good for the day, and told to the person's manager."""
    if reason not in REASONS or (reason == "other" and not words.strip()):
        raise errors.NoReason(
            what="A reason is needed to open a record outside your work", record=f"person {person}",
            expected="a reason of the list; another one in words", mend="choose a reason",
        )  # fmt: skip
    with recording(by=reader.by, verb="access.open_for_reason") as entry:
        opening = Opening(
            person_id=person, account=reader.account, post=reader.post, on=reader.day, reason=reason, words=words.strip()
        )
        opening.save()
        entry.about(opening)
        entry.details = {"reason": reason}
    return opening


def viewed(*, reader: Reader, person: int, page: str, why: str) -> None:
    """A view of a person: who, through which page, and by what scope or reason."""
    with recording(by=reader.by, verb="view") as entry:
        entry.subject_type, entry.subject_id, entry.person_id = "page", page, person
        entry.details = {"why": why}


def make_token(*, by: str, account: Account, post: Post, name: str, on: date, expires_on: date) -> tuple[Token, str]:
    """A token for a machine that works as a post of the account, and the token's text, which is shown now and never again."""
    held = account.is_active and Holding.objects.filter(on_the_day(on), account=account, post=post, post__closed_on=None).exists()
    for right, what, expected in (
        (held, "The account does not hold the post", "an active account that holds it"),
        (0 < len(name.strip()) <= 100, "It is not said what the token is for", "a name of at most 100 characters"),
        (1 <= (expires_on - on).days <= LONGEST, "The token does not end within a year", f"a day after {on}, at most a year on"),
    ):
        if not right:
            raise NotAToken(
                what=what, record=f"{account.username}, {post.slug}", expected=expected, mend=f"give {expected}"
            )  # fmt: skip
    text = new_token()
    with recording(by=by, verb="access.make_token") as entry:
        token = Token(
            account=account, post=post, name=name.strip(), digest=digest_of(text), made_at=datetime.now(UTC),
            expires_on=expires_on,
        )  # fmt: skip
        token.save()
        entry.about(token)
        entry.details = {"account": account.pk, "post": post.slug, "expires_on": expires_on}
    return token, text


def withdraw_token(*, by: str, token: Token) -> None:
    """The token is none any more, at once and for good."""
    with recording(by=by, verb="access.withdraw_token") as entry:
        token.withdrawn = True
        token.save()
        entry.about(token)
        entry.details = {"account": token.account_id, "post": token.post.slug}


def note_use(*, by: str, token: Token, on: date) -> None:
    """Keeps the day on which the token was used last: once a day, so that one that nobody uses can be found."""
    if token.last_used_on == on:
        return
    with recording(by=by, verb="access.use_token") as entry:
        Token.objects.filter(pk=token.pk).update(last_used_on=on)
        entry.about(token)


def keep_caseloads(frame: pl.DataFrame) -> None:
    """A loader of agencies' caseloads: each row puts a person on the caseload of the post with the officer's code.

    A code that no post has makes a vacant post of its office, which its senior sees as unowned. A corrected row is written
    over; one that names another officer ends nothing that was handed over here. One that tells a handover accepted here is it.
    """
    managers = Post.objects.filter(role="offender_manager", code__in=frame["manager"].unique().to_list())
    posts = {post.code: post.pk for post in managers}
    told = frame.select("manager", "agency", "office_borough").unique("manager", maintain_order=True)
    for code, agency, office in told.filter(~pl.col("manager").is_in(list(posts))).iter_rows():
        made = Post(slug=f"{agency}-{code}".lower(), title=f"Offender manager {code}", role="offender_manager", agency=agency,
                    code=code, office=f"{agency} {office or ''}".strip())  # fmt: skip
        made.save()
        posts[code] = made.pk
    rows = frame.with_columns(post=pl.col("manager").replace_strict(posts, return_dtype=pl.Int64))
    corrected = frame.filter(pl.col("changed"))["source"].to_list()
    rows = rows.select("source", "person", "post", "start", "end")
    fresh = adopt(Allocation, rows, corrected=corrected, same=("person", "post"), tells=follow_import)
    insert(Allocation, fresh, key=("source",))
