"""Protocols and a model that several tests register."""

OF_PEOPLE = """[study]
title = "Does mentoring lower proven reoffending?"
question = "Of people released or sentenced in the community, do fewer of those who began mentoring by then reoffend?"

[rows]
kind = "people"
since = 2016-04-25
until = 2017-04-01
services = ["mentoring"]
index = "event"
landmark = 30
expected = 200
least = 0.1

[copy]
key_holder = "The evaluator"
keep_until = 2027-04-01

[data]
id = "id"
treated = "treated"
index = "clock_on"
started = "started_on"
dose = "dose"

[[outcome]]
name = "reoffended"
kind = "binary"
words = "committed a proven reoffence within a one-year period"

[match]
method = "nearest"
covariates = ["age", "score"]
categorical = ["sex"]

[gates]
over = 150
least_dose = 1
follow_up_months = 12
waiting_months = 6

[checks]
placebo = ["reoffended_before"]
"""

OF_A_FILE = """[study]
title = "Does the visit help?"

[data]
id = "id"
treated = "treated"

[[outcome]]
name = "again"
kind = "binary"
words = "came back"

[match]
method = "nearest"
covariates = ["age"]
replacement = true
"""

MODEL = """[model]
title = "What the pilot is worth"
prices = "2017"
first_year = 2015
years = 3

[[cost]]
partner = "Mayor's office"
strand = "Court reports"
year = 2015
amount = 100000
price_year = "2017"
spent = 90000

[[benefit]]
name = "Fewer reoffences"
outcome = "reoffences"
population = 200
engaged = 0.5
impact = -0.8
low = -1.2
high = 0.4
deadweight = 0.25
lasts = 2
unit_cost = "a reoffence"
counts_reoffences = true

[[unit_cost]]
item = "a reoffence"
value = 4000
price_year = "2017"
source = "the user's own"
kind = "fiscal"
agency = "Police"
cashable = 0.3
"""
