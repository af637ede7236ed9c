"""The pages of the web itself, in one list."""

from throughcare.web import account, find, imports, log, people, person, report, rights, subject_access, today, who_sees_what

PAGES = (
    *today.PAGES, *find.PAGES, *people.PAGES, *person.PAGES, *account.PAGES, *who_sees_what.PAGES, *imports.PAGES,
    *rights.PAGES, *log.PAGES, *report.PAGES, *subject_access.PAGES,
)  # fmt: skip
