"""Only `actions.py` writes."""

import pytest

from tests.architecture.checks.writing import writes_outside_actions

QUERIES = "strands/courts/queries.py"
PAGES = "strands/courts/pages.py"
BREACHES = [
    (PAGES, "Report.objects.create(case=case)"),
    (PAGES, "Report.objects.filter(case=case).update(state='late')"),
    (PAGES, "Report.objects.filter(case=case)[:5].delete()"),
    (PAGES, "Report._base_manager.update(state='late')"),
    (PAGES, "report.save()"),
    (PAGES, "report.save(update_fields=['state'])"),
    (PAGES, "form.save(commit=True)"),
    (PAGES, "report.delete()"),
    (PAGES, "late = Report.objects.filter(state='late')\n\nlate.update(state='missed')"),
    (PAGES, "person.names.get_or_create(surname='Bailey')"),
    ("casework/imports/rows.py", "model.objects.bulk_create(rows, batch_size=500)"),
    ("casework/imports/rows.py", "cursor.executemany(statement, rows)"),
    (QUERIES, "cursor.execute('insert into courts_report values (1)')"),
    (QUERIES, "cursor.execute(f'UPDATE {table} SET state = 1')"),
    (QUERIES, "statement = '''\n  DELETE FROM courts_report\n'''"),
    (QUERIES, "with recording(by='clerk', verb='courts.report'):\n    pass"),
]
ALLOWED = [
    ("strands/courts/actions.py", "Report.objects.create(case=case)"),
    ("strands/courts/tests/test_actions.py", "Report.objects.create(case=case)"),
    ("strands/courts/migrations/0001_initial.py", "migrations.RunSQL('DELETE FROM courts_report')"),
    (PAGES, "late = {}\n\nlate.update(state='missed')"),
    (PAGES, "words.update({'state': 'late'})"),
    (PAGES, "chart.save('chart.svg')"),
    (PAGES, "late = Report.objects.filter(state='late').order_by('due')"),
    (PAGES, "'''Update the set of reports; delete from the list what is late.'''"),
    ("casework/audit/models.py", "class Record:\n    def save(self, **o):\n        super().save(**o)"),
]


def test_only_actions_write(src):
    assert writes_outside_actions(src) == []


@pytest.mark.parametrize(("path", "code"), BREACHES)
def test_a_planted_write_is_found(plant, path, code):
    (found,) = writes_outside_actions(plant(path, code))
    assert found.path == f"throughcare/{path}"


@pytest.mark.parametrize(("path", "code"), ALLOWED)
def test_what_is_allowed_is_not_found(plant, path, code):
    assert writes_outside_actions(plant(path, code)) == []
