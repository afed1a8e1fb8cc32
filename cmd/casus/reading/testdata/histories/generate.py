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
THEMES = ["OCCURRENCE", "PARTICIPATION", "FIGURES", "TIME", "PLACE", "CHARACTERIZATION"]
STATED = {"PARTICIPATION": "participants", "FIGURES": "figures", "TIME": "time", "PLACE": "locations"}
ASPECTS = ["OCCURRENCE"] * 4 + THEMES
PLACES = [f"location:{n}" for n in ("harbour", "mill", "island", "mainland", "pier", "port")]
TIMES = [
    "2025-02-01", "2025-02-02", "2025-02", "2025-02-01/2025-02-03", "2025-02-02T00:00:00Z", "../2025-02-01", "2025-02-02/..",
    "XXXX",
]
WORDS = ["A war", "a WAR", "An operation", "Krieg", "A raid"]
MORE = {"side": ["A", "B"], "capacity": ["envoy", "general"], "representing": ACTORS}
EVENTS = [f"event:{n:02}" for n in range(40)]


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


def some_of_event(theme):
    """Returns what a claim says of an event, most likely what its theme is about."""
    said = {
        "participants": [{"actor": a, "role": r.choice(["INITIATOR", "VICTIM"])} for a in some(ACTORS, 2)],
        "locations": [{"location": p, "role": r.choice(["VENUE", "VENUE", "TARGET"])} for p in some(PLACES, 2)],
        "partOf": some(EVENTS, 1), "announces": some(EVENTS[:9], 1)}
    for p in said["participants"]:
        p |= {k: r.choice(v) for k, v in MORE.items() if often(3)}
    for p in said["locations"]:
        if often(2):
            p["precision"] = r.choice([1, 1, 2, 4, 7])
    said |= {"time": r.choice(TIMES), "figures": figures()}
    said = {k: v for k, v in said.items() if often(2) or k == STATED.get(theme) and not often(4)}
    if often(6):
        said["modality"] = r.choice(["OCCURRED", "PLANNED", "ONGOING"])
    return said


def characterization():
    said = {}
    if often(3):
        said["titles"] = some(WORDS, 2)
    if not often(5):
        said["quote"] = {"text": r.choice(WORDS)}
        if often(4):
            said["quote"]["translations"] = [r.choice(WORDS)]
    return said


def claim(id, siblings, documents, releases, theme=None):
    """Returns a random claim, most likely on the theme."""
    aspect = theme if theme and not often(5) else r.choice(ASPECTS)
    stances = STANCES if theme else STANCES[:r.randint(6, 10)]
    c = {"id": id, "stance": r.choice(stances), "aspect": aspect, "assertedAt": r.choice(DATES), **some_of_event(theme)}
    if aspect == "CHARACTERIZATION":
        c |= characterization()
    if claimants := some(ACTORS, 2 if not theme else 1):
        c["claimants"] = claimants
    if not often(4):
        c["document"] = r.choice(documents)
    if often(3 if not theme else 8):
        c["release"] = r.choice(releases)
    if often(3):
        c["cites"] = some(documents, 2)
    if "document" in c and often(2):
        starts = [r.randrange(8) for _ in range(r.randint(1, 2))]
        c["spans"] = [{"start": s, "end": s + n, "exact": "word word words"[:n]} for s in starts for n in [r.randint(1, 3)]]
    if often(5):
        c["extractions"] = [{"tool": "casus extract"}]
    if often(3 if not theme else 6):
        c["supersedes"] = some([s for s in siblings if s != id], 2)
    return {k: v for k, v in c.items() if v != []}


def turn(claims):
    """Makes claims about an event the word of one actor, who denies and admits one thing in turn."""
    about = r.choice([{"aspect": "OCCURRENCE"},
                      {"aspect": "PARTICIPATION", "participants": [{"actor": ACTORS[1], "role": "INITIATOR"}]}])
    for c in claims:
        c |= about | {"stance": r.choice(["ASSERTS", "CONFIRMS", "DENIES", "DENIES"])}
        if not often(4):
            c["claimants"] = [ACTORS[0]]
        if often(2):
            c.pop("extractions", None)


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
for i, id in enumerate(PLACES):
    records.append({"type": "location", "id": id, "kind": "REGION", "names": [id], "within": some(PLACES[:i], 2)})
for e in EVENTS:
    ids = [f"claim:{e[6:]}-{n}" for n in range(r.randint(1, 7))]
    r.shuffle(ids)
    # A claim may name one about another event, without effect.
    siblings = ids + (["claim:00-0"] if often(6) and e != "event:00" else [])
    theme = r.choice([*THEMES, "CHARACTERIZATION", "FIGURES", "PLACE"]) if not often(3) else None
    claims = [claim(id, siblings, documents, releases, theme) for id in ids]
    if often(5):  # one source that takes back what it said, perhaps all
        for c in claims:
            c["claimants"] = [ACTORS[0]]
        claims[-1].update(stance="RETRACTS", aspect="OCCURRENCE", supersedes=r.choice([[], ids[:-1]]))
    elif often(4):
        turn(claims)
    if e < "event:05":  # proposals, and answers to them or to acts that announce them
        for c in claims:
            c["modality"] = "PROPOSED" if not often(6) else "ONGOING"
            c["participants"] = c.get("participants", []) + [{"actor": r.choice(ACTORS), "role": "PROPOSER"}]
    elif often(2):
        for c in claims:
            c["respondsTo"] = [{"to": r.choice(EVENTS[:9]), "kind": r.choice(["ACCEPTS", "REJECTS", "REJECTS", "FULFILS"])}]
            if often(2):
                c["respondsTo"][0]["condition"] = r.choice(["if", "unless"])
            c["participants"] = [{"actor": ACTORS[0], "role": "SPEAKER"}] + c.get("participants", [])
    for c in claims:
        for k in ("partOf", "announces"):
            c[k] = [other for other in c.get(k, []) if other != e]
        c["respondsTo"] = [a for a in c.get("respondsTo", []) if a["to"] != e]
    claims[0].setdefault("titles", [e])
    records.append({"type": "event", "id": e, "claims": claims})
for i in range(8):
    holder, counterpart = r.sample(ACTORS, 2)
    tie = {"type": "affiliation", "id": f"affiliation:{i}", "holder": holder, "counterpart": counterpart,
           "affiliationType": r.choice(["OFFICE", "REPRESENTATION", "FAMILY"])}
    if often(2):
        tie["validTime"] = r.choice(TIMES)
    if often(3):
        tie["counterpart"] = r.choice(PLACES)
    ids = [f"claim:tie-{i}-{n}" for n in range(r.randint(1, 4))]
    tie["claims"] = [claim(id, ids, documents, releases) for id in ids]
    for c in tie["claims"]:
        for k in ("titles", "quote", "participants", "locations", "partOf", "announces", "time", "figures", "modality"):
            c.pop(k, None)
        c["aspect"] = "OCCURRENCE"
    records.append(tie)
for i in range(r.randrange(4)):
    a, b = r.sample(r.choice([ACTORS, EVENTS, PLACES]), 2)
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
