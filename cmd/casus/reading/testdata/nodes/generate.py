"""Writes records of nodes of which several sources state different values.

It prints the ids of the affiliations.

usage: generate.py SEED RECORDS.jsonl
"""
import json
import random
import sys

seed, path = sys.argv[1:]
r = random.Random(int(seed))
ACTORS, LOCATIONS, DOCUMENTS, TIES = ([f"{kind}:{n}" for n in range(count)] for kind, count in (
    ("actor", 12), ("location", 8), ("document", 6), ("affiliation", 8)))
RELEASES = {"release:0": "one", "release:1": "one", "release:2": "two"}
DATES = ["2025-03-01", "2025-03-02T00:00:00Z", "2025-03", "2025-03-05", "2025-03-31/2025-04-01"]
VALUES = {
    "actor": {"kind": ["PERSON", "STATE", "COMPANY", "UNIDENTIFIED"], "country": ["PL", "UA", "LT"],
              "description": ["a general", "an envoy"]},
    "location": {"kind": ["CITY", "COUNTRY", "WATER"], "country": ["PL", "UA", "LT"],
                 "point": [{"latitude": 1.5, "longitude": 2.5}, {"latitude": 1.5, "longitude": 3.5}]},
    "document": {"language": ["en", "uk"], "publisher": ACTORS[:3], "publishedAt": DATES, "url": ["https://a.example/1"],
                 "retrievedAt": ["2025-05-01T00:00:00Z", "2025-05-02T00:00:00Z"]},
    "affiliation": {"holder": ACTORS[:3], "counterpart": [ACTORS[3], ACTORS[4], LOCATIONS[0]],
                    "affiliationType": ["OFFICE", "COMMAND", "OTHER"], "position": ["envoy", "minister"],
                    "validTime": ["2025", "2025-02"]},
    "release": {"releasedAt": DATES, "coding": ["HUMAN", "MACHINE", "MACHINE_REVIEWED"]}}
NEEDED = {"actor": ["kind"], "location": ["kind"], "affiliation": ["holder", "counterpart", "affiliationType"]}


def often(n):
    return r.randrange(n) == 0


def record(id):
    """Returns a record of a node that states random values of some fields."""
    kind = id.split(":")[0]
    record = {"type": kind, "id": id, **{
        field: r.choice(values[:r.randint(1, len(values))]) for field, values in VALUES[kind].items()
        if field in NEEDED.get(kind, []) or not often(3)}}
    record |= {"actor": {"names": [id]}, "location": {"names": [id]}, "document": {"titles": [id]},
               "release": {"name": RELEASES.get(id), "release": id}, "affiliation": {"assertedAt": "2025-04-01"}}[kind]
    if not often(4):
        record["source"] = r.choice([*DOCUMENTS, *DOCUMENTS, "dataset:one", "dataset:two", "dataset:three"])
    if kind == "affiliation":
        record |= {k: r.choice(v) for k, v in (("document", DOCUMENTS), ("release", [*RELEASES])) if often(2)}
    return record


records = [record(id) for id in [*ACTORS, *LOCATIONS, *DOCUMENTS, *TIES, *RELEASES] for _ in range(r.randint(1, 6))]
records += [{"type": "event", "id": f"event:{i}", "titles": ["a row"], "release": id, "assertedAt": "2025-04-01"}
            for i, id in enumerate(RELEASES)]
for i in range(r.randint(10, 40)):
    node = r.choice([*ACTORS, *LOCATIONS, *DOCUMENTS, *TIES, *RELEASES])
    field = r.choice([f for f in VALUES[node.split(":")[0]] if f != "coding"])
    needed = field in NEEDED.get(node.split(":")[0], [])
    value = r.choice(VALUES[node.split(":")[0]][field] + ([] if needed else [None]))
    records.append({"type": "correction", "id": f"correction:{i}", "node": node, "field": field, "value": value, "by": "me",
                    "at": f"2025-06-0{r.randint(1, 2)}T00:00:00Z"})
for i in range(r.randint(2, 7)):
    a, b = r.sample(r.choice([ACTORS, LOCATIONS]), 2)
    records.append({"type": "identity", "id": f"identity:{i}", "a": a, "b": b, "same": not often(4), "decidedBy": "me",
                    "decidedAt": f"2025-04-0{r.randint(1, 2)}T00:00:00Z"})
r.shuffle(records)
with open(path, "w", encoding="utf-8") as out:
    for record in records:
        print(json.dumps(record), file=out)
print(json.dumps(TIES))
