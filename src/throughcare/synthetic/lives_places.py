"""Where synthetic people live, are tried, are held and are supervised.

The postcodes have real outward codes of each borough and invented inward ones. How the real cohort was split between the
boroughs (Figure 1 of the interim evaluation) was published as a picture without numbers: the shares here are invented.
"""

BOROUGHS = {
    "Camden": 10,
    "Enfield": 11,
    "Hackney": 15,
    "Haringey": 14,
    "Islington": 13,
    "Newham": 14,
    "Tower Hamlets": 13,
    "Waltham Forest": 10,
}
"""The eight boroughs of the pilot and the percentage of people drawn for each."""

ELSEWHERE = {"Barnet": 3, "Redbridge": 3, "Westminster": 2, "Lambeth": 2, "Southwark": 2, "Lewisham": 1, "Croydon": 1}
"""Boroughs outside the pilot that people come from or move to, by relative frequency."""

OUTWARD = {
    "Camden": "NW1 NW3 NW5 NW6 WC1N",
    "Enfield": "EN1 EN2 EN3 N9 N18",
    "Hackney": "E5 E8 E9 N1 N16",
    "Haringey": "N4 N8 N15 N17 N22",
    "Islington": "EC1V N1 N5 N7 N19",
    "Newham": "E6 E7 E13 E15 E16",
    "Tower Hamlets": "E1 E2 E3 E14 E1W",
    "Waltham Forest": "E4 E10 E11 E17",
    "Barnet": "N2 N3 N12 NW4 NW9",
    "Redbridge": "IG1 IG2 IG3 IG6 E18",
    "Westminster": "W2 W9 SW1V NW8",
    "Lambeth": "SW2 SW8 SW9 SE11",
    "Southwark": "SE1 SE5 SE15 SE16",
    "Lewisham": "SE6 SE8 SE13 SE14",
    "Croydon": "CR0 CR7 SE25",
}

NORTH = frozenset({"Camden", "Enfield", "Haringey", "Islington", "Barnet"})
"""Boroughs whose cases go to Highbury Corner and Wood Green rather than to Thames and Snaresbrook."""

COURTS = {
    "north": {"Highbury Corner": 92, "Westminster": 4, "Thames": 4},
    "east": {"Thames": 88, "Stratford": 8, "Highbury Corner": 4},
    "elsewhere": {"Westminster": 40, "Croydon": 30, "Thames": 15, "Highbury Corner": 15},
}
CROWN_COURTS = {
    "north": {"Wood Green Crown": 75, "Blackfriars Crown": 25},
    "east": {"Snaresbrook Crown": 85, "Wood Green Crown": 15},
    "elsewhere": {"Inner London Crown": 60, "Snaresbrook Crown": 40},
}

LOCAL_PRISONS = {
    "north": {"Pentonville": 74, "Thameside": 12, "Wormwood Scrubs": 14},
    "east": {"Pentonville": 40, "Thameside": 48, "Wormwood Scrubs": 6, "Belmarsh": 6},
    "elsewhere": {"Wandsworth": 60, "Thameside": 25, "Belmarsh": 15},
}
"""Where men of 21 and over go first; women go to Bronzefield, and men under 21 to Feltham."""

ADULT_TRAINING = {"Brixton": 30, "Highpoint": 25, "The Mount": 25, "Rochester": 12, "Wandsworth": 8}
YOUNG_TRAINING = {"Isis": 88, "Rochester": 12}
"""Where men serving longer than about three months are moved: those of 18 to 24 to Isis."""


def side(borough: str) -> str:
    """Which courts and prisons serve a borough: north, east or elsewhere."""
    if borough in NORTH:
        return "north"
    return "east" if borough in BOROUGHS or borough == "Redbridge" else "elsewhere"
