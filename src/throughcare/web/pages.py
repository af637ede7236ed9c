"""The pages of the web itself, in one list."""

from throughcare.web import account, find, imports, log, people, person, report, rights, same_person, today, who_sees_what

PAGES = (
    *today.PAGES, *find.PAGES, *people.PAGES, *person.PAGES, *account.PAGES, *who_sees_what.PAGES, *imports.PAGES,
    *rights.PAGES, *same_person.PAGES, *log.PAGES, *report.PAGES,
)  # fmt: skip
