"""Reads the three tables, CSV with pandas and Parquet with pyarrow, and prints a summary as JSON."""
import json
import sys

import pandas as pd
import pyarrow.parquet as pq

folder, kind = sys.argv[1:]
if kind == "csv":
    events, participants, claims = (
        pd.read_csv(f"{folder}/{name}.csv", keep_default_na=False, na_values={"killed_best": [""]}) for name in ("events", "participants", "claims"))
    starts = events["start"][events["start"] != ""]
    start = starts.str.slice(0, 10)
    titles = [t.split(";") for t in events["titles"]]
else:
    tables = [pq.read_table(f"{folder}/{name}.parquet") for name in ("events", "participants", "claims")]
    assert str(tables[0].schema.field("start").type).startswith("timestamp[ms"), tables[0].schema
    events, participants, claims = (t.to_pandas() for t in tables)
    start = events["start"].dropna().dt.strftime("%Y-%m-%d")
    titles = [list(t) for t in events["titles"]]
print(json.dumps({
    "events": len(events),
    "participants": len(participants),
    "claims": len(claims),
    "roles": participants["role"].value_counts().to_dict(),
    "stances": claims["stance"].value_counts().to_dict(),
    "statuses": events["status"].value_counts().to_dict(),
    "killed": int(events["killed_best"].sum()),
    "starts": sorted(start),
    "titles": sorted(t for all in titles for t in all),
    "quotes": sorted(q for q in claims["quote"] if q),
}))
