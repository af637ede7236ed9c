"""Tests that use a home have one of their own, seen alike by settings and by the commands that a test starts."""

import os

from django.conf import settings


def test_the_home_of_a_test_is_empty_and_its_own(home, tmp_path):
    assert list(home.iterdir()) == []
    assert home.is_relative_to(tmp_path)
    assert os.environ["THROUGHCARE_HOME"] == str(settings.HOME) == str(home)
