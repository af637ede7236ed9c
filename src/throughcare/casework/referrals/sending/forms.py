"""The one form of a referral: what was explained and agreed, and for each service to whom, how, and what they see."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.models import AGREEMENTS, ROUTES
from throughcare.casework.referrals.sending.actions import Sending
from throughcare.casework.referrals.sending.preview import Row
from throughcare.casework.referrals.sending.queries import Offer
from throughcare.design.forms import ChoiceField, TextField

ROUTE_WORDS = dict(zip(ROUTES, ("Through the gate, from prison", "On licence", "By an activity requirement of the order",
                                "Another way"), strict=True))  # fmt: skip
EXPLAIN = ("Say what each service is, who will be told what, and that the person may say no unless the order requires it. "
           "Without agreement only an activity requirement is sent.")  # fmt: skip


class SendForm(forms.Form):
    """Fields of a service are called by its slug: `mentoring-route`, `mentoring-strike-address`."""

    fact = "referrals"
    agreement = ChoiceField(label="What was explained to the person and agreed?", choices=AGREEMENTS, help_text=EXPLAIN)
    override = TextField(label="Why send all the same?", required=False, longest=300, help_text="It is kept in the log")

    def __init__(self, told: Any, *, chosen: Sequence[Offer], rows: Mapping[str, Sequence[Row]], clashing: bool) -> None:
        super().__init__(told)
        self.chosen, self.rows = chosen, rows
        if not clashing:
            del self.fields["override"]
        for offer in chosen:
            self._ask(offer)
            for row in rows[offer.service.slug]:
                self._strike(offer.service.slug, row)

    def _ask(self, offer: Offer) -> None:
        slug = offer.service.slug
        names = {provider.slug: provider.name for provider in current_pilot().providers}
        if len(offer.providers) > 1:
            choices = {provider: names[provider] for provider in offer.providers}
            self.fields[f"{slug}-provider"] = ChoiceField(label="To which provider?", choices=choices, few=False)
        self.fields[f"{slug}-route"] = ChoiceField(label="How do they come to it?", choices=ROUTE_WORDS, few=False)
        self.initial[f"{slug}-route"] = offer.route
        self.fields[f"{slug}-note"] = TextField(
            label="Add what they should know", required=False, lines=2, longest=900,
            help_text="They see it on the referral, as you write it; the person may read it too",
        )  # fmt: skip

    def _strike(self, slug: str, row: Row) -> None:
        if row.struck:
            self.fields[f"{slug}-strike-{row.slug}"] = forms.BooleanField(label=f"Strike out {row.words}", required=False)
        if row.struck and row.needs_reason:
            self.fields[f"{slug}-why-{row.slug}"] = TextField(
                label="Why must they not see these?", required=False, longest=300, help_text="Only where you strike them out"
            )

    def clean(self) -> dict[str, Any]:
        """Risks are struck out with a reason only."""
        told = super().clean() or {}
        for offer in self.chosen:
            slug = offer.service.slug
            for row in self.rows[slug]:
                if row.needs_reason and told.get(f"{slug}-strike-{row.slug}") and not told.get(f"{slug}-why-{row.slug}"):
                    self.add_error(f"{slug}-why-{row.slug}", f"Say why {offer.service.name} must not see them, or leave them in")
        return told

    def sections(self) -> list[dict[str, Any]]:
        """By service, its bound fields and the rows of the preview with theirs."""
        found = []
        for offer in self.chosen:
            slug = offer.service.slug
            asked = [self[name] for name in (f"{slug}-provider", f"{slug}-route") if name in self.fields]
            rows = [(row, self._of(f"{slug}-strike-{row.slug}"), self._of(f"{slug}-why-{row.slug}")) for row in self.rows[slug]]
            found.append({"offer": offer, "asked": asked, "rows": rows, "added": self[f"{slug}-note"]})
        return found

    def _of(self, name: str) -> Any:
        return self[name] if name in self.fields else None

    def sendings(self) -> list[Sending]:
        """What is sent, as it was answered; in the order in which the services are best begun."""
        told, found = self.cleaned_data, []
        for offer in self.chosen:
            slug = offer.service.slug
            struck = [row.slug for row in self.rows[slug] if told.get(f"{slug}-strike-{row.slug}")]
            found.append(Sending(
                service=slug, provider=told.get(f"{slug}-provider") or next(iter(offer.providers), ""),
                route=told[f"{slug}-route"], for_provider=told[f"{slug}-note"],
                withheld={row: told.get(f"{slug}-why-{row}", "") for row in struck},
            ))  # fmt: skip
        return found
