"""All events of a filter in one request, with Python alone: docs/columns.md describes the answer.

Usage: python columns.py [http://127.0.0.1:8080/graphql]. CASUS_TOKEN holds the token, if the server needs one.
"""
import gzip
import json
import os
import sys
from datetime import datetime, timedelta, timezone
from urllib.parse import urljoin
from urllib.request import Request, urlopen

URL = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8080/graphql"
TOKEN = os.environ.get("CASUS_TOKEN")


def decode(column):
    """The values of a column."""
    words, unit, total = column.get("words"), column.get("unit"), 0
    for v in column["values"]:
        if isinstance(v, list):
            yield [words[i] for i in v]
        elif v is None or not (words or unit):
            yield v
        elif words:
            yield words[v]
        else:
            total = total + v if column.get("deltas") else v
            yield total * unit


request = Request(urljoin(URL, "columns?from=2025-12&fields=id,start,status,actors"))
request.add_header("Accept-Encoding", "gzip")
if TOKEN:
    request.add_header("Authorization", f"Bearer {TOKEN}")
with urlopen(request) as response:
    answer = json.loads(gzip.decompress(response.read()))

columns = {name: list(decode(column)) for name, column in answer["columns"].items()}
for event, start, status, actors in list(zip(*columns.values()))[:10]:
    day = "unknown" if start is None else datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(milliseconds=start)
    print(f"{day:%Y-%m-%d}" if start is not None else day, f"{status:12}", event, *actors)
print(f"{len(columns['id'])} events")
