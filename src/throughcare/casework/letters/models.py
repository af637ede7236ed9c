"""Letters to the person, as they were written and given."""

from django.db import models

from throughcare.casework.access.models import Post
from throughcare.casework.audit.models import Record
from throughcare.casework.people.models import Person, words

KINDS = {
    "joined": "Letter about joining", "left": "Letter about leaving", "request": "Letter that we have the request",
    "longer": "Letter that we need longer",
}  # fmt: skip
OF_A_REQUEST = ("request", "longer")
HOW = {"hand": "By hand, and talked through", "post": "By post", "refused": "They did not want it"}


class Letter(Record):
    """A letter on a day: what it says is kept in `content` (design.paper) and never written anew.

    `about`: the number of the membership (joined, left) or of the request (request, longer) that it tells of. `given_how` is
    "" until it is on record how it was given, on which day, in which form. `withdrawn`: another was written in its place.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="letters")
    kind = words(10)
    about = models.BigIntegerField()
    on = models.DateField()
    content = models.TextField()
    by = words(100)
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn = models.BooleanField(default=False)
    form = words(10)
    given_how = words(10)
    given_on = models.DateField(null=True)
    given_by = words(100)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["kind", "about"], condition=models.Q(withdrawn=False, kind__in=["joined", "left", "request"]),
                name="one_letter_of_a_kind",
            ),
        )  # fmt: skip

    class Privacy:
        personal = ("content",)
        plain = ("id", "person", "kind", "about", "on", "by", "post", "withdrawn", "form", "given_how", "given_on", "given_by")

    @property
    def title(self) -> str:
        return KINDS[self.kind]

    @property
    def row(self) -> str:
        """The row of the access policy that the letter discloses: that a person asked to see what is held is for few."""
        return "subject_access" if self.kind in OF_A_REQUEST else "letters"
