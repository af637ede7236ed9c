"""Operations that are about nobody: whose token it is, how feeds stand, the access policy."""

from django.http import HttpRequest

from throughcare.api import given
from throughcare.api.guard import Operation
from throughcare.casework.access.policy import ROLES, policy
from throughcare.casework.access.reader import Reader
from throughcare.core.pages import SIGNED_IN
from throughcare.web.imports import feeds_of, states_of


def me(request: HttpRequest) -> given.Me:
    """Whose token this is: the account, the post it works as, and the rows of the access policy that it may view and edit."""
    reader: Reader = request.reader
    token, post, table = request.auth, request.auth.post, policy()
    cells = {row: table.cell(row, post.role) for row in table.rows}
    return given.Me(
        account=reader.account.username, post=post.slug, title=post.title, role=post.role, role_words=ROLES[post.role],
        day=reader.day, token=token.name, expires_on=token.expires_on,
        rows=[
            given.Row(row=row, words=table.rows[row], edit=cell.allows("edit"), scope=cell.scope)
            for row, cell in cells.items() if cell
        ],
    )  # fmt: skip


def feeds(request: HttpRequest) -> given.Feeds:
    """How the feeds stand that the post may see: its agency's own or, for who looks after the pilot, all."""
    mine = feeds_of(request.reader)
    return given.Feeds(feeds=[
        given.FeedStands(
            feed=s.slug, title=mine[s.slug].title, state=s.state, wants_attention=s.wants_attention, due_at=s.due_at,
            next_due_at=s.next_due_at, rows=s.rows, words=s.words,
        )
        for s in states_of(mine)
    ])  # fmt: skip


def policy_table(request: HttpRequest) -> given.PolicyTable:
    """The access policy: a row per kind of data, by role what it may do and of whom."""
    table = policy()
    cells = {row: {role: cell for role in ROLES if (cell := table.cell(row, role))} for row in table.rows}
    return given.PolicyTable(roles=ROLES, rows=[
        given.PolicyRow(row=row, words=words, cells={role: f"{cell.action}:{cell.scope}" for role, cell in cells[row].items()})
        for row, words in table.rows.items()
    ])  # fmt: skip


OPERATIONS = (
    Operation(name="me", method="GET", path="/me", view=me, gives=given.Me, needs=SIGNED_IN, group="The token"),
    Operation(name="policy", method="GET", path="/policy", view=policy_table, gives=given.PolicyTable, needs=SIGNED_IN,
              group="The token"),
    Operation(name="import-feeds", method="GET", path="/imports/feeds", view=feeds, gives=given.Feeds, needs="imports",
              group="Imports"),
)  # fmt: skip
