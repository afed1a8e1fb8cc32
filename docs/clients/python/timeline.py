"""A timeline as a data frame: gql asks, pandas counts. Usage: python timeline.py [http://127.0.0.1:8080/graphql]

CASUS_TOKEN holds the token, if the server needs one.
"""
import os
import sys

import pandas as pd
from gql import Client, gql
from gql.transport.httpx import HTTPXTransport

URL = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8080/graphql"
TOKEN = os.environ.get("CASUS_TOKEN")

TIMELINE = gql("""
query Timeline($filter: EventFilter, $after: String) {
  timeline(filter: $filter, first: 100, after: $after) {
    totalCount
    nodes {
      id title(language: "en") category status
      time { edtf earliest }
      participants { role actor { name(language: "en") } }
    }
    pageInfo { hasNextPage endCursor }
  }
}
""")


def events(client, event_filter=None):
    """All events that the filter selects, a page at a time."""
    after = None
    while True:
        TIMELINE.variable_values = {"filter": event_filter, "after": after}
        page = client.execute(TIMELINE)["timeline"]
        yield from page["nodes"]
        if not page["pageInfo"]["hasNextPage"]:
            return
        after = page["pageInfo"]["endCursor"]


headers = {"Authorization": f"Bearer {TOKEN}"} if TOKEN else {}
client = Client(transport=HTTPXTransport(url=URL, headers=headers), fetch_schema_from_transport=True)
frame = pd.json_normalize(list(events(client, {"time": {"from": "2025-12"}})))
frame["start"] = pd.to_datetime(frame["time.earliest"], errors="coerce", utc=True)
print(frame[["time.edtf", "category", "status", "title"]].head(10).to_string(index=False))
print(frame.groupby(["category", "status"]).size().unstack(fill_value=0))
print(f"{len(frame)} events")
