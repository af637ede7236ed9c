"""Writes docs/reference from the code: the feeds, the measures, the pilot file, the command line. `make docs`.

A test compares what this writes with what is committed, so the reference cannot fall behind.
"""

import ast
import os
import sys
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughcare.config.settings")
import django

django.setup()

import typer.main  # noqa: E402

from throughcare.casework.access.policy import ROLES, policy  # noqa: E402
from throughcare.casework.awareness.guides.queries import sheet  # noqa: E402
from throughcare.casework.pilot import current_pilot  # noqa: E402
from throughcare.cli import commands  # noqa: E402
from throughcare.core.contracts import Column, Feed, Measure  # noqa: E402
from throughcare.core.pilot import Service  # noqa: E402
from throughcare.linkage import thresholds  # noqa: E402
from throughcare.linkage.blocking import RULES  # noqa: E402
from throughcare.linkage.cleaning import CLEANING  # noqa: E402
from throughcare.linkage.comparisons import COMPARISONS  # noqa: E402
from throughcare.linkage.guards import GUARDS  # noqa: E402
from throughcare.linkage.parameters import load  # noqa: E402
from throughcare.measures.all_measures import all_measures  # noqa: E402
from throughcare.measures.definitions import Definition, definitions  # noqa: E402
from throughcare.registry.parts import feeds  # noqa: E402
from throughcare.web.addresses import all_pages  # noqa: E402
from throughcare.web.who_sees_what import SCOPE_WORDS  # noqa: E402

THRESHOLDS = Path(thresholds.__file__)
HERE = Path(__file__).resolve().parent
NOTE = "<!-- Generated from the code by docs/generate.py: do not edit. -->\n\n"


def accepts(column: Column) -> str:
    """What a cell of the column may hold."""
    kinds = {
        "date": "date (YYYY-MM-DD or DD/MM/YYYY)",
        "datetime": "time with offset (YYYY-MM-DDTHH:MM:SS+01:00)", "integer": "whole number", "decimal": "decimal number",
        "boolean": "yes or no", "pounds": "pounds (1250.00)", "pnc": "PNC, check letter right", "cro": "CRO, check letter right",
        "crn": "CRN", "prison_number": "prison number", "asn": "ASN, check letter right", "postcode": "postcode",
        "offence_code": "offence code, five digits", "text": "text", "reference": f"record_id of [{column.to}](#{column.to})",
        "choice": "one of " + ", ".join(column.choices),
    }  # fmt: skip
    bounds = [f"from {column.minimum}"] * (column.minimum is not None) + [f"to {column.maximum}"] * (
        column.maximum is not None
    )
    return " ".join([kinds[column.kind], *bounds])


def feed_section(feed: Feed) -> str:
    rows = [
        f"| {c.name} | {c.meaning} | {accepts(c)} | {'yes' if c.required else ''} | {c.example} |" for c in feed.columns
    ]
    table = "\n".join(["| column | meaning | accepts | required | example |", "| --- | --- | --- | --- | --- |", *rows])
    example = ",".join(c.name for c in feed.columns) + "\n" + ",".join(_quoted(c.example) for c in feed.columns)
    who = (
        "About nobody in particular."
        if not feed.identifiers
        else f"Says who people are, with as many as are known of: {', '.join(feed.identifiers)}."
        if feed.names_people
        else f"About a person, by at least one of: {', '.join(feed.identifiers)}."
    )
    rules = "".join(f"\n- {rule}; otherwise: {mend}" for _, _, rule, mend in feed.rules)
    checks = f"\nChecks between columns:\n{rules}\n" if rules else ""
    if feed.wide:
        headings = ", ".join(f"{name} ({column})" for name, column in feed.wide.names.items())
        checks += f"\nOr in a wide form: a row with {headings} and a column a month, headed as 201604; of two headings one.\n"
    return f"## {feed.slug}\n\n{feed.title} ({feed.agency}). {who}\n\n{table}\n{checks}\n```csv\n{example}\n```\n"


def _quoted(cell: str) -> str:
    return f'"{cell}"' if "," in cell else cell


def feeds_page() -> str:
    head = (
        "# Extracts\n\nOne CSV a feed, named after it: `court-results.csv` or `court-results-2016-06.csv`. "
        "UTF-8, with or without a byte order "
        "mark; commas; every column of the table, in any order; a line break after the last row. An empty cell is absence.\n"
        "A row is known by its record_id: sent again it does nothing, sent changed it corrects what it gave before.\n\n"
    )
    return NOTE + head + "\n".join(feed_section(feed) for feed in feeds().values())


def measure_row(measure: Measure) -> str:
    when = (
        (measure.reference_day
        and f"on {measure.reference_day}")
        or measure.window
        or measure.service
        or "the period asked for"
    )
    target = "" if measure.target is None else f"{measure.target:g}"
    cells = (
        measure.slug,
        measure.title,
        measure.definition or measure.why,
        measure.statistic,
        measure.unit,
        when,
        target,
    )
    return "| " + " | ".join(str(cell).replace("|", "/") for cell in cells) + " |"


def measures_page() -> str:
    head = "| slug | title | how it is counted | statistic | unit | when | target |\n" + "| --- " * 7 + "|\n"
    rows = [measure_row(m) for m in sorted(all_measures(), key=lambda m: m.slug)]
    return (
        NOTE
        + "# Measures\n\nEach figure has one definition; pages, reports and files take it from one calculator.\n\n"
        + head
        + "\n".join(rows)
        + "\n\n## Each measure\n\n"
        + "\n".join(measure_section(told) for told in definitions(all_measures(), pilot=current_pilot()))
    )


def measure_section(told: Definition) -> str:
    """All of one measure: its rule in code, who answers for it, what it rests on, how it was defined before."""
    m = told.measure
    lines = [
        f"Why: {m.why}", f"Who answers for it: {told.owner}", f"Over: {told.when}",
        f"Rests on: {', '.join(feed.slug for feed in told.feeds)}", f"Divided: {'; '.join(told.axes) or 'not at all'}",
        *(f"{part.capitalize()}: `{text}`" for part, text in told.rule),
        *(f"{entry.on:%-d %B %Y}: {entry.reason}" for entry in told.history),
    ]  # fmt: skip
    listed = "\n".join(f"- {line}" for line in lines)
    return f"### {m.slug}\n\n{m.title}. {m.definition or ''}\n\n{listed}\n"


def services_page() -> str:
    rows = [
        f"| {s.name} | {s.start:%-d %B %Y} | {'; '.join(meant_for(s)) or 'see its measures'} | {s.places or ''} |"
        for s in current_pilot().services
    ]
    head = "| service | from | for | places |\n| --- | --- | --- | --- |\n"
    title = f"# Services of the pilot {current_pilot().name}\n\nFrom its pilot file.\n\n"
    return NOTE + title + head + "\n".join(rows) + "\n"


def meant_for(service: Service) -> list[str]:
    """The conditions of a service, in words; those that the pilot file does not name are none."""
    told = [
        (service.sex, f"sex {service.sex}"),
        (service.ages, f"aged {service.ages[0]} to {service.ages[1]}" if service.ages else ""),
        (service.agency, f"managed by {service.agency}"),
        (service.rag, f"rated {service.rag}"),
        (service.statuses, f"status: {', '.join(service.statuses)}"),
        (service.under_requirement, f"on {' or '.join(service.under_requirement)} only with an activity requirement"),
        (service.courts, f"before {' or '.join(service.courts)}"),
        (service.resident, "lives in the area"),
        (service.members, "member of the cohort"),
        (not service.members, "member of the cohort or eligible for it"),
    ]
    return [words for holds, words in told if holds]


def commands_page() -> str:
    """Every command with its options, from the command line itself."""
    sections = ["# Command line\n"]
    group = typer.main.get_command(commands)
    for name, command in sorted(group.commands.items()):
        inner = getattr(command, "commands", None)
        for full, one in sorted({f"{name} {n}": c for n, c in inner.items()}.items()) if inner else [(name, command)]:
            sections.append(f"## throughcare {full}\n\n{one.help}\n")
            rows = [
                f"| `{' '.join(p.opts)}` | {getattr(p, 'help', '') or ''} |" for p in one.params if p.name != "help"
            ]
            if rows:
                sections.append("| | |\n| --- | --- |\n" + "\n".join(rows) + "\n")
    return NOTE + "\n".join(sections)


def linkage_page() -> str:
    """The comparisons with their weights, the guards, the rules that find pairs, the thresholds with why, the cleaning."""
    published = load()
    weights = {c: [(x.slug, x.words, f"{published.weight(c.slug, x.slug):+.1f}", x.rarer) for x in c.levels] for c in COMPARISONS}
    guards = [(g.slug, g.words, "yes" if g.part else "") for g in GUARDS]
    rules = [(r.slug, ", ".join((*r.equal, *([f"one of {r.each}"] if r.each else [])))) for r in RULES]
    head = ("level", "in words", "weight", "adjusted by how rare")
    parts = [
        "# Linkage\n",
        "How records are found to be of one person; see [how to find out who is who](../how-to/find-out-who-is-who.md). "
        f"Weights are those of the model `{published.version}`, before adjustment for rare and common names.\n",
        "## Comparisons\n",
        *(f"### {c.title}\n\n{table(head, rows)}" for c, rows in weights.items()),
        "## Guards\n", "Never joined by a weight alone.\n", table(("guard", "in words", "also through a third record"), guards),
        "## Pairs that are looked at\n", "Those that agree in all of one row.\n", table(("rule", "agrees in"), rules),
        "## Thresholds\n", *(f"- `{names}`: {' '.join(why.split())}" for names, why in reasons(THRESHOLDS)),
        "\n## Cleaning\n", *(f"- {column}: {'; '.join(step.name for step in steps)}" for column, steps in CLEANING.items()),
    ]  # fmt: skip
    return NOTE + "\n".join(parts) + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows)) + "\n"


def reasons(path: Path) -> list[tuple[str, str]]:
    """The constants of a module with their values, and the text that stands under each."""
    body = ast.parse(path.read_text(encoding="utf-8")).body
    return [
        (ast.unparse(here), str(following.value.value))
        for here, following in pairwise(body)
        if isinstance(here, ast.Assign) and isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant)
    ]


def access_page() -> str:
    """The access policy, a table a role, so that the partners can read what they sign."""
    told = policy()
    parts = ["# Who may see and change what\n",
             "The access policy that this installation holds to: `casework/access/policy.csv`. What is not in a role's table, "
             "the role cannot see, and finds no trace of.\n"]  # fmt: skip
    for role, words in ROLES.items():
        rows = [(name, cell.action, SCOPE_WORDS[cell.scope]) for row, name in told.rows.items() if (cell := told.cell(row, role))]
        parts.append(f"## {words}\n\n{table(('what', 'may', 'of whom'), rows)}")
    return NOTE + "\n".join(parts)


def addresses_page() -> str:
    """Every address with the row of the policy that guards it."""
    rows = [
        (f"`/{page.route}`", page.needs, page.changes, (page.view.__doc__ or "").split("\n")[0].strip())
        for page in sorted(all_pages(), key=lambda page: page.route)
    ]
    head = "# Pages\n\nEvery address, the row of the [access policy](access.md) that one must be able to view, and the one to "
    return NOTE + head + "edit to send a form to it.\n\n" + table(("address", "view", "edit", "what it is"), rows)


def guides_page() -> str:
    """Every role's sheet, with the figures and services of the pilot file."""
    parts = [f"# Guides to the roles of {current_pilot().name}\n\nIn the service each prints on one sheet.\n"]
    for role in ROLES:
        told = sheet(role, current_pilot())
        steps = "\n".join(f"{n}. {step}" for n, step in enumerate(told.guide.steps, start=1))
        services = [f"{names}: {whom}. By {by or 'nobody named'}." for names, whom, by in told.services]
        lists = [("Clocks and figures", told.figures), ("Services, and for whom", services),
                 ("Where it is", [words for _, words in told.guide.pages]),
                 ("Whom to ring", [ROLES[each] for each in told.guide.rings])]
        sections = "\n".join(f"{title}:\n\n" + "\n".join(f"- {line}" for line in found) + "\n" for title, found in lists if found)
        parts.append(f"## {told.title}\n\n{told.guide.does}\n\n{steps}\n\n{sections}")
    return NOTE + "\n".join(parts)


PAGES = {
    "access.md": access_page,
    "pages.md": addresses_page,
    "linkage.md": linkage_page,
    "feeds.md": feeds_page,
    "measures.md": measures_page,
    "services.md": services_page,
    "commands.md": commands_page,
    "guides.md": guides_page,
}


def main() -> None:
    for name, page in PAGES.items():
        (HERE / "reference" / name).write_text(page(), encoding="utf-8")
        sys.stdout.write(f"docs/reference/{name}\n")


if __name__ == "__main__":
    main()
