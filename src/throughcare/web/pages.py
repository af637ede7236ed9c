"""The pages of the web itself, in one list."""

from throughcare.web import (
    account,
    calibration,
    dashboard,
    data_quality,
    find,
    imports,
    log,
    origins,
    overlap,
    people,
    person,
    refer,
    report,
    rights,
    same_person,
    score,
    services,
    subject_access,
    surveys,
    today,
    unreferred,
    who_is_served,
    who_sees_what,
)

PAGES = (
    *today.PAGES, *find.PAGES, *people.PAGES, *person.PAGES, *score.PAGES, *calibration.PAGES, *account.PAGES,
    *who_sees_what.PAGES, *imports.PAGES, *rights.PAGES, *same_person.PAGES, *log.PAGES, *dashboard.PAGES, *report.PAGES,
    *surveys.PAGES, *who_is_served.PAGES, *data_quality.PAGES,
    *subject_access.PAGES, *overlap.PAGES, *origins.PAGES, *unreferred.PAGES, *services.PAGES, *refer.PAGES,
)  # fmt: skip
