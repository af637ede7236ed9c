"""Every threshold of the linkage, with why. Weights are base-2 logarithms of odds: each point doubles them.

"Published" is the Ministry of Justice's hmpps-person-match, whose parameters are the starting point of the model.
"""

JOIN = 14.0
"""Two records join at this weight or above: odds of 16,000 to one at the threshold, far more for most. A wrong join puts one
person's convictions on another, which is worse than a question to a member of staff; below, too many questions are asked
of what nobody would doubt. Published: 20, with a fixed prior for the whole country (-21.8); here the prior is that of the
records at hand and the guards hold back what a score does not see (docs/adr/0006)."""

LEAVE = 8.0
"""A record leaves the people it was joined to only when no weight to any of them reaches this: 256 to one. Published: six
points below JOIN, as here. Between the two, what was joined stays and what was not is asked, so that nobody is joined and
parted again with each correction."""

ASK = 2.0
"""From here to JOIN a person is asked: odds of four to one. Ours: a choice between questions asked and
people left apart; lower asks more."""

LIST_LIKELY, LIST_POSSIBLE = LEAVE, ASK
"""A name on a court's list is likely somebody known from the first, possibly from the second; whoever the linkage would join by
itself is certain (`listed`). The same odds as among records: a false prompt costs an officer a look, a missed one a report."""

LIST_MOST = 3
"""People whom one name on a list may be, at most: more are more to read than one look at the paper list is worth. Ours."""

FLOOR = -10.0
"""Pairs below this are not kept at all, published as the foot of "possible"; but those in which a number is the same are kept
and asked whatever they weigh, since a mistyped number would otherwise never reach a person (field practice, defect 5)."""

PRIOR_SMALLEST_FILE, PRIOR_LARGEST_FILE = 10_000, 3_775_000
"""The chance that two records taken at random are one person is one in as many as there are records, within these bounds.
Below the first a file says too little about its own population; the second gives the published prior (2.649e-7)."""

SIMILAR_NAME, SOMEWHAT_SIMILAR_NAME, SIMILAR_SECOND_NAME = 0.9, 0.7, 0.85
"""Jaro-Winkler similarity of names: a slip of the pen, a resemblance, and of second names. Published."""

NEAR_BIRTH_DAYS = 1_826
"""Births within five years are told apart from those further away. Published (157,788,000 seconds)."""

FEW_NAMES = 6
"""Other names that meet count for more where the two lists make at most this many pairs. Published for birth dates."""

COMMON_POSTCODE = 12
"""A postcode with more surnames than this is a hostel, an approved premises or a prison, and says little. Ours: a
postcode of London has some 15 addresses, but few of them are on record."""

FEW_DATES, SOME_DATES, MANY_DATES = 1, 9, 50
"""A shared date says less the more dates there are to share: pairs that the two lists make. Published."""

DATES_NEAR_DAYS = 14
"""First or last dates within two weeks of each other: the same sentence, dated by court and by prison. Published."""

GENERATION_YEARS = 13
"""Births further apart than this, with one name, are taken for parent and child. Ours: parents are rarely younger."""

KNOWN_FREQUENCY = 100_000
"""The published frequency of agreement counts for as much as this many people, so that a name's frequency is taken from the
data only as far as there are data: in a small file every name is rare or looks common by accident."""

TRAINING_SAMPLE = 5_000_000
"""Pairs drawn at random to estimate how often strangers agree. Splink's documentation advises millions."""

TRAINING_LEAST = 5_000
"""Records below which training is refused: levels that few pairs show would be learned from accidents. Ours."""

TRAINED_WHEN, TRAINING_ROUNDS = 1e-3, 12
"""Learning stops when no chance changes by more than the first, or after so many rounds: further ones push levels that hardly
any pair shows towards never."""

LEAST_OFTEN, LEAST_BY_CHANCE = 1e-4, 1e-9
"""No disagreement is learned to be rarer among records of one person than one in ten thousand, and no agreement among strangers
than one in a thousand million: what the records at hand do not show happens all the same."""

LARGE_PERSON = 40
"""A person with more records than this is looked at: so many are more often a shared number than a long career."""
