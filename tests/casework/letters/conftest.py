"""The small pilots of the cohort's tests."""

from throughcare.casework.cohort.tests.conftest import world

__all__ = ["world"]
