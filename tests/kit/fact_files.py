"""One day's facts as a camp files them: rows for a sheet, and the same as CSV."""

import openpyxl

DAY = [
    ("kind", "happened", "place", "unit", "count", "note"),
    ("departure", "2025-07-20", "post", "company", 40, None),
    ("last_out", "2025-07-21", "post", None, None, "At dawn; all well, no incident"),
]

DAY_CSV = """kind,happened,place,unit,count,note
departure,2025-07-20,post,company,40,
last_out,2025-07-21,post,,,"At dawn; all well, no incident"
"""


def write_sheet(path, rows, sheet="actuals"):
    """A workbook with one sheet."""
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    book.save(path)
