"""What describes a file of open data to programs: CSVW, the W3C's "Metadata Vocabulary for Tabular Data" (2015).

It lies beside the file under its name with "-metadata.json", where readers of CSVW look for it.
"""

import csv
import io
import json
from typing import Any

from throughcare.core.pilot import Period, Pilot
from throughcare.measures.windows import last_day, said

TITLES = {
    "id": ("Figure", "string"), "group": ("Group", "string"), "value": ("Value", "decimal"), "unit": ("Unit", "string"),
    "numerator": ("Numerator", "decimal"), "denominator": ("Denominator", "integer"),
    "suppressed": ("Why it is not published", "string"), "title": ("Title", "string"), "statistic": ("Statistic", "string"),
    "target": ("Target", "decimal"), "period_from": ("First day", "date"), "period_to": ("Day after the last", "date"),
    "as_at": ("As at", "date"), "last_load": ("Latest extract", "dateTime"), "audit_entry": ("Entry of the log", "integer"),
}  # fmt: skip
"""What each column is called and holds; any other is text under its own name."""
FIRST = ("id", "group")


def metadata(text: str, *, name: str, pilot: Pilot, period: Period, public: bool) -> str:
    """The description of the file: titles and types of its columns, what an empty cell means, who publishes it and how it may
    be used. Licence, publisher and contact are the pilot file's; one that it leaves open is left out.
    """
    header = next(csv.reader(io.StringIO(text)))
    told: dict[str, Any] = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": name,
        "dc:title": f"{pilot.name}: figures from {said(period.start)} to {said(last_day(period))}",
        "dc:description": "Every figure of the report, with the counts that it follows from. An empty value is not a zero: it is "
        + ("withheld to protect small numbers, and the column suppressed says why, or not known." if public else "not known."),
        "dc:temporal": f"{period.start.isoformat()}/{last_day(period).isoformat()}",
        **_open(pilot),
        "dialect": {"encoding": "utf-8", "delimiter": ",", "header": True, "headerRowCount": 1, "lineTerminators": ["\n"]},
        "tableSchema": {"columns": [_column(each) for each in header], "primaryKey": list(FIRST)},
    }
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def _open(pilot: Pilot) -> dict[str, Any]:
    given = pilot.publication
    publisher = {"dc:publisher": {"schema:name": {"@value": given.publisher}}} if given.publisher else {}
    contact = {"dcat:contactPoint": {"schema:email": {"@value": given.contact}}} if given.contact else {}
    kind = "@id" if given.licence.startswith("https://") else "@value"
    return publisher | contact | ({"dc:license": {kind: given.licence}} if given.licence else {})


def _column(name: str) -> dict[str, Any]:
    title, kind = TITLES.get(name, (name.replace("_", " ").capitalize(), "string"))
    datatype: Any = {"base": "date", "format": "yyyy-MM-dd"} if kind == "date" else kind
    return {"name": name, "titles": title, "datatype": datatype, "null": "", "required": name in FIRST}
