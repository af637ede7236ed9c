"""The codes of work with families: who they are to the person, how they agreed, what was done."""

from collections.abc import Mapping

RELATIONS: Mapping[str, str] = {
    "partner": "Partner", "mother": "Mother", "father": "Father", "parent": "Step- or foster parent",
    "sibling": "Brother or sister", "grandparent": "Grandparent", "child": "Grown-up child", "carer": "Who cares for their child",
    "other": "Another relation",
}  # fmt: skip
HOW: Mapping[str, str] = {"in_person": "In person", "telephone": "By telephone", "in_writing": "In writing"}

KINDS: Mapping[str, str] = {
    "met": "Met the family member", "call": "Spoke by telephone", "visit": "Prison visit together",
    "together": "Met both together", "mediation": "Mediation", "other_help": "Put in touch with other help",
    "other": "Something else",
}  # fmt: skip
