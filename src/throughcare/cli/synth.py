"""`throughcare synth`: write a synthetic world."""

from pathlib import Path
from typing import Annotated, Literal

import typer


def synth(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="folder to write")],
    scenario: Annotated[Literal["pilot", "small", "hostile"], typer.Option("--scenario")],
    seed: Annotated[int, typer.Option("--seed", help="the same seed gives the same world")] = 2016,
    people: Annotated[int | None, typer.Option("--people", help="how many people (small and hostile)")] = None,
) -> None:
    """Write agency extracts of invented people, and the truth beside them."""
    from throughcare.cli.store import open_settings

    open_settings()
    from throughcare.casework.pilot import current_pilot
    from throughcare.synthetic.write import synthesise

    lived = synthesise(out, scenario=scenario, seed=seed, people=people, pilot=current_pilot())
    typer.echo(f"{len(lived.lives)} people written into {out}")
