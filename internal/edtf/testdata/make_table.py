"""Prints table.json: how the Python package edtf reads several hundred values.

    python3 -m venv venv && venv/bin/pip install edtf==5.0.2
    venv/bin/python make_table.py > table.json

Each row has the value and, where the package accepts it, the first and the last
date of its strict range as [year, month, day] (null: unbounded) and its flags.
The package drops the time of day, so date-times are read by the standard
library instead: their row has the start in seconds since the Unix epoch, a
local time counting as UTC. It also fails on every known year with a partly
unspecified month or day: those are matched with all the dates of that year.
A row with "error" was refused.
"""

import contextlib
import datetime
import fnmatch
import io
import json
import math
import re

from edtf import parse_edtf


def values():
    years = ["0000", "0001", "0999", "1900", "1987", "2000", "2004", "2025", "9999"]
    yield from years
    yield from ["-0001", "-0044", "-0100", "-0400", "-9999"]
    for year in ["-0044", "1900", "2000", "2004", "2025"]:
        for month in range(1, 13):
            yield f"{year}-{month:02}"
    for date in ["2025-12-20", "2024-02-29", "2000-02-29", "0000-02-29", "-0044-03-15",
                 "1582-10-10", "1970-01-01", "1969-12-31", "9999-12-31", "2025-04-30"]:
        yield date
        for qualifier in "?~%":
            yield date + qualifier
    for date in ["2025", "2025-07", "-0044", "-0044-03"]:
        for qualifier in "?~%":
            yield date + qualifier
    for q in "?~%":
        yield from [f"2004{q}-06-11", f"2004-06{q}-11", f"{q}2004-06-11", f"2004-{q}06-11",
                    f"2004-06-{q}11", f"2004-{q}06", f"{q}2004-06", f"{q}2004", f"2004{q}-06"]
        for r in "?~%":
            yield from [f"{q}2004-{r}06-11", f"{q}2004-06-{r}11", f"2004-{q}06-{r}11"]

    # Unspecified digits.
    yield from ["202X", "20XX", "1XXX", "201X", "000X", "-1XXX", "-004X", "-00XX", "XXXX", "X000", "2X25", "20X5"]
    yield from ["2004-XX", "2004-XX-XX", "-0044-XX", "1XXX-XX", "1XXX-12", "1XXX-12-XX", "156X-12-25", "15XX-12-25",
                "15XX-12-XX", "XXXX-12-23", "XXXX-12-XX", "202X-XX", "202X-01", "20XX-06-30", "2004-XX-25", "2004-XX-31",
                "2004-XX-XX~", "202X?", "20XX~", "2004-06-XX?"]
    yield from ["200X-02-29", "20XX-02-29", "19XX-02-29", "190X-02-29", "202X-02-29", "2023-02-2X", "2024-02-2X", "1984-1X", "1984-0X"]
    for month in range(1, 13):
        for year in [1900, 2023, 2024]:
            yield f"{year}-{month:02}-XX"
        for tens in "012":
            yield f"2023-{month:02}-{tens}X"
        for ones in "15":
            yield f"2023-{month:02}-X{ones}"
    yield from ["2023-01-3X", "2023-04-3X"]

    # Seasons and other groups of months.
    for code in range(21, 42):
        yield f"2001-{code}"
    yield from ["2001-21~", "2001-24?", "1999-22%", "-0044-21", "0000-33"]

    # Intervals.
    sides = ["1964", "2004-06", "2004-06-11", "-0044-03-15", "2025-12-20"]
    for i, start in enumerate(sorted(sides)):
        for end in sorted(sides)[i:]:
            yield f"{start}/{end}"
    yield from ["2004-02-01/2005-02-08", "2004-02-01/2005-02", "2004-02-01/2005", "2005/2006-02", "1984~/2004-06",
                "1984/2004-06~", "1984~/2004~", "1984-06?/2004-08?", "1984-06-02?/2004-08-08~", "1984?/2004%",
                "2004-06-~01/2004-06-~20", "2004-06-XX/2004-07-03", "156X/1570", "2001-21/2003", "2001-21/2001-22", "1560/15XX",
                "2004-06/2004", "2004-06-11/2004", "2004-06-11/2004-06", "2025-12-15/2025-12-21"]
    for date in ["1985-04-12", "1985-04", "1985", "2022-02-24", "2025-07~", "-0044"]:
        yield from [f"{date}/..", f"../{date}", f"{date}/", f"/{date}"]
    yield from ["../..", "2005/2004", "2004-06-12/2004-06-11", "2004-07/2004-06-30"]

    # Long, exponential and rounded years.
    yield from ["Y17000", "Y-17000", "Y10000", "Y170000", "Y-9999999", "Y17E4", "Y-17E4", "Y1E7", "Y17E2"]
    yield from ["1950S2", "1950S1", "1999S3", "-1950S2", "Y338800S3", "Y-338812S4", "Y3388E2S3"]

    # Sets.
    for open_, close in ["[]", "{}"]:
        for members in ["1667,1668,1670..1672", "..1760-12-03", "1760-12..", "1760-01,1760-02,1760-12..", "1667,1760-12",
                        "..1984", "1984..", "1960,1961-12", "2025-12-19..2025-12-21", "2025-12-15..2025-12-21",
                        "2025-11..2025-12", "1672,1667", "2025-12-21,2025-12-19", "1667?,1668", "1667,1668~", "..1983,1984", "-0044,-0043"]:
            yield open_ + members + close

    # Date-times.
    for clock in ["00:00:00", "09:30:01", "18:00:00", "23:59:59"]:
        for zone in ["", "Z", "+01", "+05:30", "-03:30", "+14:00", "-11"]:
            for date in ["2025-12-20", "2024-02-29", "1969-12-31", "0001-01-02"]:
                yield f"{date}T{clock}{zone}"

    # Not EDTF.
    yield from ["..", "/", "[]", "{}", "[..]", "2025-13", "2025-00", "2025-42", "2025-12-32", "2025-12-00", "2025-02-30",
                "2025-04-31", "-0000", "20", "202", "20251220", "2025/12/20", "20.12.2025", "2025-1", "2025-12-2",
                "2025-12-20T", "2025-12-20T18", "2025-12-20T18:00", "2025-12-20T25:00:00", "2025-12-20T18:60:00", "2025-12-20T18:00:60",
                "2025-12-20T18:00:00.5Z", "2025-12-20T18:00:00+15", "2025-12-20 18:00:00", "Y1985", "Y", "YX", "1950S", "202x", "uuuu",
                "[1667", "1667]", "[1667}", "{1667,}", "[,1667]", "1667,1668", "1667..1668", "2025-12-20/2025-12-21/2025-12-22",
                "2025?~", "~", "2025-W51", "2025-352", "P1D", "2025-12-20/P1D", "today", "2001-21-03", "202X-12-20T18:00:00Z",
                "2025-12T18:00:00Z", "2025–12", "c. 2025", "2025--12", "2025-", "+2025"]


def date(bound):
    return None if isinstance(bound, float) and math.isinf(bound) else list(bound[:3])


def matching_dates(value):
    """The dates of a known year that a value with unspecified digits allows."""
    day = datetime.date(int(value[:4]), 1, 1)
    while day.year == int(value[:4]):
        if fnmatch.fnmatch(day.isoformat(), value.replace("X", "?") + ("" if len(value) == 10 else "-??")):
            yield [day.year, day.month, day.day]
        day += datetime.timedelta(days=1)


def row(value):
    if re.fullmatch(r"\d{4}(-[\dX]{2}){1,2}", value) and re.search(r"\dX|X\d", value):
        dates = list(matching_dates(value))
        return {"value": value, "first": dates[0], "last": dates[-1]}
    try:
        with contextlib.redirect_stdout(io.StringIO()):  # the package prints some of its errors
            parsed = parse_edtf(value)
            first, last = date(parsed.lower_strict()), date(parsed.upper_strict())
        if "T" in value:
            moment = datetime.datetime.fromisoformat(value)
            if moment.tzinfo is None:
                moment = moment.replace(tzinfo=datetime.timezone.utc)
            return {"value": value, "epoch": int(moment.timestamp())}
    except Exception:
        return {"value": value, "error": True}
    result = {"value": value, "first": first, "last": last}
    both = getattr(parsed, "is_uncertain_and_approximate", False)  # the package keeps % apart
    for flag in ["approximate", "uncertain"]:
        if both or getattr(parsed, f"is_{flag}"):
            result[flag] = True
    return result


rows = [json.dumps(row(value), ensure_ascii=False) for value in dict.fromkeys(values())]
print("[\n" + ",\n".join(rows) + "\n]")
