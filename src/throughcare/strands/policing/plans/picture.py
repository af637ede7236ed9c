"""Where the pictures of a plan come in: crime map, offending by hour and place, associations. Each is a section of its page.

`strands/policing/picture` makes them and names them here; without any the plan has its words alone.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from throughcare.design.paper import Block
from throughcare.strands.policing.models import Plan


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A section of a plan that is more than its items.

    told: called with the request and the plan, gives what `template` shows, as `told`; None: the reader is shown nothing, not
    even the heading. blocks: the same for the paper, in words and tables. The reader has been admitted to the row "plan".
    """

    title: str
    template: str
    told: Callable[[HttpRequest, Plan], dict[str, Any] | None]
    blocks: Callable[[HttpRequest, Plan], Sequence[Block]]


PICTURES: tuple[Picture, ...] = ()
