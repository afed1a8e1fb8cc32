"""Writes a random history as records of the extraction format, and prints moments of knowledge at which to ask.

usage: generate.py SEED RECORDS.jsonl
"""
import json
import random
import sys
from datetime import datetime, timedelta

seed, path = sys.argv[1:]
r = random.Random(int(seed))
ACTORS = [f"actor:{n}" for n in "abcd"]
DATES = [
    "2025-03-01T10:00:00Z", "2025-03-01T10:00:01Z", "2025-03-01", "2025-03-02T10:00:00Z", "2025-03-02", "2025-03",
    "2025-03-03", "../2025-03-02", "2025-03-01/2025-03-03",
]
STANCES = ["ASSERTS"] * 4 + ["CONFIRMS"] * 3 + ["DENIES", "RETRACTS", "DISPUTES"]
ASPECTS = ["OCCURRENCE"] * 4 + ["PARTICIPATION", "FIGURES"]


def often(n):
    return r.randrange(n) == 0


def some(values, most):
    return r.sample(values, r.randint(0, min(most, len(values))))


def number(population="TOTAL", **more):
    f = {"kind": r.choice(["KILLED", "KILLED", "WOUNDED", "DESTROYED"]), "population": population, **more}
    if f["kind"] == "DESTROYED":
        f["unit"] = r.choice(["Tanks", "tanks"])
    low = r.randrange(6)
    form = r.randrange(5)
    if form == 0:
        return {**f, "low": low, "high": low + r.randrange(4)}
    if form == 1:
        return {**f, "low": low, "best": low + 1, "high": low + 3}
    if form == 2:
        return {**f, "qualifier": "VAGUE"}
    return {**f, "best": low, "qualifier": r.choice(["EXACT", "ABOUT", "AT_LEAST", "AT_MOST"])}


def figures():
    found = {}
    for population in some(["TOTAL", "SIDE_A", "CIVILIAN"], 3):
        f = number(population)
        found[f["kind"], f["population"]] = f
    return list(found.values())


def claim(id, siblings, documents, releases):
    c = {"id": id, "stance": r.choice(STANCES[:r.randint(6, 10)]), "aspect": r.choice(ASPECTS), "assertedAt": r.choice(DATES)}
    if claimants := some(ACTORS, 2):
        c["claimants"] = claimants
    if not often(4):
        c["document"] = r.choice(documents)
    if often(3):
        c["release"] = r.choice(releases)
    if often(3):
        c["cites"] = some(documents, 2)
    if "document" in c and often(2):
        starts = [r.randrange(8) for _ in range(r.randint(1, 2))]
        c["spans"] = [{"start": s, "end": s + n, "exact": "word word words"[:n]} for s in starts for n in [r.randint(1, 3)]]
    if often(5):
        c["extractions"] = [{"tool": "casus extract"}]
    if often(3):
        c["supersedes"] = some([s for s in siblings if s != id], 2)
    if often(2):
        c["participants"] = [{"actor": a, "role": r.choice(["INITIATOR", "VICTIM"])} for a in some(ACTORS, 2)]
    if often(2):
        c["figures"] = figures()
    if often(6):
        c["modality"] = r.choice(["OCCURRED", "PLANNED", "ONGOING"])
    return {k: v for k, v in c.items() if v != []}


records = [{"type": "actor", "id": a, "kind": "COMPANY", "names": [a]} for a in ACTORS]
documents = [f"document:{n}" for n in range(5)]
for i, id in enumerate(documents):
    d = {"type": "document", "id": id, "titles": [id], "publishedAt": "2025-03-01"}
    if not often(4):
        d["publisher"] = r.choice(ACTORS)
    if i and often(3):
        d["syndicates"] = r.choice(documents[:i])
    records.append(d)
releases = [f"release:{n}" for n in range(3)]
for id, name in zip(releases, ["one", "one", "two"]):
    d = {"type": "release", "id": id, "name": name, "release": id}
    if not often(3):
        d["coding"] = r.choice(["HUMAN", "MACHINE", "MACHINE_REVIEWED"])
    records.append(d)
events = [f"event:{n:02}" for n in range(40)]
for e in events:
    ids = [f"claim:{e[6:]}-{n}" for n in range(r.randint(1, 7))]
    r.shuffle(ids)
    # A claim may name one about another event, without effect.
    siblings = ids + (["claim:00-0"] if often(6) and e != "event:00" else [])
    claims = [claim(id, siblings, documents, releases) for id in ids]
    if often(5):  # one source that takes back what it said, perhaps all
        for c in claims:
            c["claimants"] = [ACTORS[0]]
        claims[-1].update(stance="RETRACTS", aspect="OCCURRENCE", supersedes=r.choice([[], ids[:-1]]))
    claims[0].setdefault("titles", [e])
    records.append({"type": "event", "id": e, "claims": claims})
for i in range(r.randrange(4)):
    a, b = r.sample(r.choice([ACTORS, events]), 2)
    records.append({"type": "identity", "id": f"identity:{i}", "a": a, "b": b, "same": not often(4), "decidedBy": "me",
                    "decidedAt": f"2025-04-0{r.randint(1, 2)}T00:00:00Z"})
claims = [c["id"] for record in records for c in record.get("claims", [])]
for i in range(r.randrange(6)):
    named = r.choice([{"claims": r.sample(claims, 3)}, {"document": r.choice(documents)}, {"release": r.choice(releases)}])
    records.append({"type": "review", "id": f"review:{i}", "verdict": r.choice(["HUMAN", "MACHINE", "MACHINE_REVIEWED"]),
                    "by": "me", "at": f"2025-04-0{r.randint(1, 2)}T00:00:00Z", **named})
with open(path, "w", encoding="utf-8") as out:
    for record in records:
        print(json.dumps(record), file=out)

moments = ["2025-03-01T10:00:00Z", "2025-03-01T10:00:01Z", "2025-03-02T00:00:00Z", "2025-03-02T10:00:00Z",
           "2025-03-03T00:00:00Z", "2025-03-04T00:00:00Z", "2025-04-01T00:00:00Z"]
asked = []
for m in r.sample(moments, 4):
    at = datetime.fromisoformat(m) + timedelta(milliseconds=r.choice([-1, 0, 0, 1]))
    asked.append(at.isoformat(timespec="milliseconds").replace("+00:00", "Z"))
print(json.dumps(asked + [None]))
