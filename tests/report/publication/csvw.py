"""A reader of open data that knows the W3C's terms and nothing of the product: "Metadata Vocabulary for Tabular Data", 2015.

It reads a file as its description says, and tells what in either is not as the vocabulary or the description has it.
"""

import csv
import io
import json
import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

OF_A_TABLE = {"@context", "@id", "@type", "url", "tableSchema", "dialect", "notes", "suppressOutput", "tableDirection",
              "transformations", "aboutUrl", "datatype", "default", "lang", "null", "ordered", "propertyUrl", "required",
              "separator", "textDirection", "valueUrl"}  # fmt: skip
INHERITED = OF_A_TABLE - {"url", "tableSchema", "@context"}
OF_A_SCHEMA = {"@id", "@type", "columns", "foreignKeys", "primaryKey", "rowTitles", *INHERITED}
OF_A_COLUMN = {"@id", "@type", "name", "suppressOutput", "titles", "virtual", "datatype", "default", "lang", "null", "required",
               "aboutUrl", "ordered", "propertyUrl", "separator", "textDirection", "valueUrl"}  # fmt: skip
OF_A_DIALECT = {"commentPrefix", "delimiter", "doubleQuote", "encoding", "header", "headerRowCount", "lineTerminators",
                "quoteChar", "skipBlankRows", "skipColumns", "skipInitialSpace", "skipRows", "trim", "@id", "@type"}  # fmt: skip
PREFIXES = {"dc", "dcat", "schema", "foaf", "prov", "rdfs", "skos"}
"""Prefixes that the context of CSVW gives: a common property is named with one of them."""
BASES = {
    "string": str, "decimal": Decimal, "integer": int, "date": date.fromisoformat,
    "dateTime": datetime.fromisoformat, "boolean": lambda text: {"true": True, "false": False}[text],
}  # fmt: skip
NAME = re.compile(r"[A-Za-z0-9][\w.%-]*")


def faults(text: str, about: str, *, name: str) -> list[str]:
    """What is wrong with the description, or with the file by it; nothing where all holds."""
    told = json.loads(about)
    context = told.get("@context")
    found = [] if "http://www.w3.org/ns/csvw" in (context if isinstance(context, list) else [context]) else ["no context of CSVW"]
    found += [f"{key} is no term of a table" for key in told if key not in OF_A_TABLE and not _common(key)]
    found += [] if told.get("url") == name else [f"it describes {told.get('url')}"]
    schema, dialect = told.get("tableSchema", {}), told.get("dialect", {})
    found += [f"{key} is no term of a schema" for key in schema if key not in OF_A_SCHEMA]
    found += [f"{key} is no term of a dialect" for key in dialect if key not in OF_A_DIALECT]
    columns = schema.get("columns", [])
    for column in columns:
        found += [f"{key} is no term of a column" for key in column if key not in OF_A_COLUMN]
        found += [] if NAME.fullmatch(column.get("name", "")) else [f"{column.get('name')} is no name of a column"]
    header, *rows = csv.reader(io.StringIO(text), delimiter=dialect.get("delimiter", ","))
    if header != [column["name"] for column in columns]:
        return [*found, "the columns are others"]
    found += [fault for number, row in enumerate(rows, start=2) for fault in _of_row(row, columns, number)]
    at = [header.index(key) for key in schema.get("primaryKey", [])]
    keys = [tuple(row[i] for i in at) for row in rows]
    return found + ([f"{len(keys) - len(set(keys))} rows have the key of another"] if at and len(set(keys)) < len(keys) else [])


def _common(key: str) -> bool:
    """Whether it is a common property: one with a prefix that the context of CSVW gives."""
    return ":" in key and key.partition(":")[0] in PREFIXES


def _of_row(row: list[str], columns: list[dict], number: int) -> list[str]:
    found = []
    for value, column in zip(row, columns, strict=True):
        if value == column.get("null", ""):
            found += [f"line {number}: {column['name']} is required"] if column.get("required") else []
            continue
        kind = column.get("datatype", "string")
        base = kind["base"] if isinstance(kind, dict) else kind
        try:
            BASES[base](value)
        except (ValueError, KeyError, InvalidOperation):
            found.append(f"line {number}: {column['name']} is {value}, not of {base}")
    return found
