"""Persons as pages name them: the few facts by which somebody at work knows who is meant."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from throughcare.casework.people.models import Alias, Identifier, Person
from throughcare.core.dates import completed_years

SHORT = {"crn": "CRN", "pnc": "PNC", "cro": "CRO", "prison_number": "Prison number"}


@dataclass(frozen=True, kw_only=True)
class Named:
    """A person by number, with what may be shown of who they are. `known`: the reader may see more than the first name."""

    number: int
    forenames: str
    surname: str
    date_of_birth: date | None
    crn: str = ""
    pnc: str = ""
    cro: str = ""
    prison_number: str = ""
    known: bool = True

    @property
    def shown(self) -> str:
        """Surname, forenames; for who may only know it, the first name."""
        first = self.forenames.split(" ")[0] if self.forenames else ""
        if not self.known:
            return first or "Name not known"
        return ", ".join(filter(None, (self.surname, self.forenames))) or "Name not known"

    def age(self, day: date) -> int | None:
        born = self.date_of_birth
        return completed_years(born, day) if born and born <= day and self.known else None


def aliases_of(person: int) -> list[str]:
    """Other names that the person has used, each once, as surname and forenames."""
    told = Alias.objects.filter(person=person).order_by("surname", "forenames", "pk").values_list("surname", "forenames")
    return list(dict.fromkeys(", ".join(filter(None, names)) for names in told))


def named(people: Collection[int], *, known: Collection[int] | None = None) -> dict[int, Named]:
    """By number, these people. `known`: those of whom the reader may see identity; None: all. Two queries."""
    numbers: dict[int, dict[str, str]] = {}
    held = Identifier.objects.filter(person__in=list(people)).order_by("-pk").values_list("person_id", "kind", "value")
    for person, kind, value in held:
        numbers.setdefault(person, {})[kind] = value
    found = Person.objects.filter(pk__in=list(people)).values_list("pk", "forenames", "surname", "date_of_birth")
    whole = set(people) if known is None else set(known)
    return {
        pk: Named(number=pk, forenames=forenames, surname=surname, date_of_birth=born, known=pk in whole,
                  **({k: v for k, v in numbers.get(pk, {}).items() if k in SHORT} if pk in whole else {}))
        for pk, forenames, surname, born in found
    }  # fmt: skip
