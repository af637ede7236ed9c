"""The command line: thin commands, one a file, no logic. Exit 0 done, 1 a failure of the program, 2 a mistake of the user's."""

import sys

import typer

from throughcare.cli import (
    administrator,
    audit,
    audit_figures,
    backup,
    cohort,
    demo,
    digest,
    feeds,
    import_,
    link,
    link_quality,
    match,
    measures,
    pack,
    positions,
    publication,
    quarantine,
    report,
    restore,
    retention,
    score,
    serve,
    study,
    subject_access,
    synth,
    token,
    value,
    who,
    work,
)
from throughcare.core.errors import UserError

commands = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Throughcare: runs a pilot from arrest to release, and tells whether it worked.",
)
commands.command("administrator")(administrator.administrator)
commands.command("audit-figures")(audit_figures.audit_figures)
commands.command("demo")(demo.demo)
commands.command("digest")(digest.digest)
commands.command("synth")(synth.synth)
commands.command("import")(import_.import_)
commands.command("quarantine")(quarantine.quarantine)
commands.command("link")(link.link)
commands.command("link-quality")(link_quality.link_quality)
commands.command("score")(score.score)
commands.command("match")(match.match)
commands.command("measures")(measures.measures)
commands.command("report")(report.report)
commands.command("pack")(pack.pack)
commands.command("backup")(backup.backup)
commands.command("restore")(restore.restore)
commands.command("retention")(retention.retention)
commands.command("study")(study.study)
commands.command("subject-access")(subject_access.subject_access)
commands.command("value")(value.value)
commands.command("serve")(serve.serve)
commands.command("work")(work.work)
commands.add_typer(feeds.commands, name="feeds")
commands.add_typer(cohort.commands, name="cohort")
commands.add_typer(who.commands, name="who")
commands.add_typer(token.commands, name="token")
commands.add_typer(audit.commands, name="audit")
commands.add_typer(positions.commands, name="positions")
commands.add_typer(publication.commands, name="publication")


def app() -> None:
    """The entry point: a mistake of the user's is one sentence on standard error, without a traceback."""
    try:
        commands()
    except UserError as error:
        sys.stderr.write(f"throughcare: {error}\n")
        sys.exit(2)
