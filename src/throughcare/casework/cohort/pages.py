"""The addresses of the cohort, in one list."""

from throughcare.casework.cohort.screens import changed, members, person, proposal, proposals

PAGES = (*members.PAGES, *changed.PAGES, *proposals.PAGES, *proposal.PAGES, *person.PAGES)
