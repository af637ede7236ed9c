"""Meetings of the partners: the Local Implementation Group, the providers' forum, workshops. Of no person on the cohort."""
