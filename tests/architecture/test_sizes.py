"""A file is at most 400 lines, a function at most 60."""

from tests.architecture.checks.sizes import too_long

LINE = "x = 1\n"


def function(lines: int) -> str:
    return "def f():\n" + "    x = 1\n" * (lines - 1)


def test_the_product_keeps_its_sizes(src):
    assert too_long(src) == []


def test_the_tests_keep_their_sizes(repo):
    assert too_long(repo / "tests") == []


def test_the_benchmarks_keep_their_sizes(repo):
    assert too_long(repo / "benchmarks") == []


def test_a_file_of_400_lines_is_allowed_and_one_of_401_is_found(plant):
    assert too_long(plant("rules/long.py", LINE * 400)) == []
    (found,) = too_long(plant("rules/long.py", LINE * 401))
    assert str(found) == "throughcare/rules/long.py:401 has 401 lines, at most 400"


def test_a_function_of_60_lines_is_allowed_and_one_of_61_is_found(plant):
    assert too_long(plant("rules/long.py", function(60))) == []
    (found,) = too_long(plant("rules/long.py", "import os\n\n" + function(61)))
    assert str(found) == "throughcare/rules/long.py:3 f has 61 lines, at most 60"


def test_a_migration_may_be_as_long_as_it_is_generated(plant):
    assert too_long(plant("casework/people/migrations/0001_initial.py", LINE * 401)) == []
