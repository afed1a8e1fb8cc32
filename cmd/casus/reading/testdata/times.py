"""Reads and writes times of the forms that the generators write. In milliseconds."""
import calendar
import re
from datetime import datetime, timedelta, timezone

FOREVER = float("inf")


def day_after(text, end):
    """Returns the milliseconds at which an EDTF date or date-time begins or, if end is set, is over."""
    if "T" in text:
        at = datetime.fromisoformat(text)
        return round(at.timestamp() * 1000)
    parts = [int(p) for p in text.split("-")]
    at = datetime(*(parts + [1, 1])[:3], tzinfo=timezone.utc)
    if end:
        days = {1: 366 if calendar.isleap(at.year) else 365, 2: calendar.monthrange(at.year, at.month)[1], 3: 1}
        at += timedelta(days=days[len(parts)])
    return round(at.timestamp() * 1000)


def bounds(edtf):
    """Returns the first instant of a time and the first one after it, in milliseconds."""
    if edtf is None or edtf == "XXXX":
        return -FOREVER, FOREVER
    first, slash, last = edtf.partition("/")
    last = last if slash else first
    return (-FOREVER if first in ("", "..") else day_after(first, False),
            FOREVER if last in ("", "..") else day_after(last, True))


def hull(edtf):
    """Returns the first instant of a time and the first one after it, which for a date-time is not the same."""
    first, end = bounds(edtf)
    return first, max(end, first + 1)


def instant(ms):
    """Returns milliseconds as the API writes a date-time, None if they are unbounded."""
    if ms == FOREVER:
        return None
    at = datetime.fromtimestamp(ms / 1000, timezone.utc)
    return re.sub(r"(\.\d{3})\d*", r"\1", at.isoformat(timespec="milliseconds")).replace(".000", "").replace("+00:00", "Z")
