"""What a pilot's file says of how people come to know the pilot: training for whom, which meetings with whom."""

from pydantic import Field, model_validator

from throughcare.core.pilot_work import Told


class Training(Told):
    """A training. `roles`: who should have had it, by slugs of the access policy; `within`: days after coming into the post."""

    slug: str = Field(pattern=r"^[a-z_]+$", max_length=40)
    name: str = Field(min_length=1, max_length=80)
    roles: tuple[str, ...] = Field(min_length=1)
    within: int = Field(default=56, ge=1, le=365)


class MeetingKind(Told):
    """A kind of meeting of the partners. `by_borough`: each borough has its own. `agencies`: who is expected to come;
    `providers`: every provider of the file is expected too.
    """

    slug: str = Field(pattern=r"^[a-z_]+$", max_length=40)
    name: str = Field(min_length=1, max_length=80)
    by_borough: bool = False
    agencies: tuple[str, ...] = ()
    providers: bool = False


class Awareness(Told):
    """Training, meetings and news. missed: an agency that missed so many meetings of a kind, one after the other, is named.

    news_for: days for which a change of the directory or of the file's figures is told as new. rate_for: days after a training
    for which who came is asked how useful it was.
    """

    trainings: tuple[Training, ...] = ()
    meetings: tuple[MeetingKind, ...] = ()
    missed: int = Field(default=3, ge=1, le=12)
    news_for: int = Field(default=60, ge=1, le=365)
    rate_for: int = Field(default=28, ge=1, le=90)

    @model_validator(mode="after")
    def _each_once(self) -> "Awareness":
        for told in (self.trainings, self.meetings):
            slugs = [each.slug for each in told]
            if len(set(slugs)) != len(slugs):
                raise ValueError("a training or a kind of meeting stands twice in awareness")
        return self

    def training(self, slug: str) -> Training:
        """The training of that slug; KeyError where the file has none."""
        return {each.slug: each for each in self.trainings}[slug]

    def meeting(self, slug: str) -> MeetingKind:
        """The kind of meeting of that slug; KeyError where the file has none."""
        return {each.slug: each for each in self.meetings}[slug]
