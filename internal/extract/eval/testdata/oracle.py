"""Compares two codings by the definitions of docs/extract.md, apart from Casus: sets of code points, scipy, pandas."""
import collections, itertools, json, re, sys, unicodedata
import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment


def read(path):
    documents, parties = {}, {}
    records = [json.loads(line) for line in open(path, encoding="utf-8")]
    for r in records:
        if r["type"] == "document":
            documents[r["id"]] = {"sha": r["sha256"], "events": {}, "ties": [], "parties": {}}
        elif r["type"] in ("actor", "location"):
            parties[r["id"], r["source"]] = r
    for r in records:
        if r["type"] == "event":
            documents[r["document"]]["events"][r["id"]] = r
        elif r["type"] == "affiliation":
            documents[r["document"]]["ties"].append(r)
    for name, d in documents.items():
        used = set(re.findall(r'"((?:actor|location):[^"]+)"', json.dumps([d["events"], d["ties"]], ensure_ascii=False)))
        while True:
            more = used | {w for i in used for w in parties[i, name].get("within", [])}
            if more == used:
                break
            used = more
        d["parties"] = {i: parties[i, name] for i in sorted(used)}
        for e in d["events"].values():
            for c in e["claims"]:
                c["points"] = points(c)
            e["points"] = set().union(*(c["points"] for c in e["claims"]))
    return {d["sha"]: d for d in documents.values()}


def points(claim):
    return {p for s in claim["spans"] for p in range(s["start"], s["end"])}


def dice(a, b, both):
    return 2000 * both // (a + b) if a + b else 0


def overlap(a, b):
    return dice(len(a), len(b), len(a & b))


def words(name):
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return re.findall(r"\w+", plain)


def name_score(a, b):
    best = 0
    for x, y in itertools.product(a["names"], b["names"]):
        x, y = words(x["value"]), words(y["value"])
        same = sum((collections.Counter(x) & collections.Counter(y)).values())
        best = max(best, 1000 if x == y else min(999, dice(len(x), len(y), same)))
    return best if best >= 500 else 0


def assign(rows, columns, score):
    if not rows or not columns:
        return []
    m = np.array([[score(r, c) for c in columns] for r in rows])
    return [(rows[i], columns[j]) for i, j in zip(*linear_sum_assignment(m, maximize=True)) if m[i, j] > 0]


counts = collections.defaultdict(lambda: np.zeros(3, dtype=int))
values = collections.defaultdict(list)
exact, overlaps = 0, []
gold, other = read(sys.argv[1]), read(sys.argv[2])
mentions = []
for sha, g in gold.items():
    p = other[sha]
    same = {}
    for kind, key, about in (("actor", "actors", "kind of actor"), ("location", "places", "kind of place")):
        a, b = ([r for r in d["parties"].values() if r["type"] == kind] for d in (g, p))
        found = assign(a, b, lambda x, y: (s := 2 * name_score(x, y)) + (s > 0 and x["kind"] == y["kind"]))
        counts[key] += len(a), len(b), len(found)
        for x, y in found:
            same[x["id"]] = y["id"]
            values[about].append((x["kind"], y["kind"]))

    def participants(x, y):
        return [(q["role"], next(r["role"] for r in y.get("participants", []) if r["actor"] == same[q["actor"]]))
                for q in x.get("participants", [])
                if q["actor"] in same and any(r["actor"] == same[q["actor"]] for r in y.get("participants", []))]

    def event_score(x, y):
        both, shared = overlap(x["points"], y["points"]), len(participants(x, y))
        if not both or x["category"] != y["category"] and not shared:
            return 0
        return (both + 500 * (x["category"] == y["category"]) + 250 * (x["modality"] == y["modality"])
                + dice(len(x.get("participants", [])), len(y.get("participants", [])), shared) // 4)

    def claim_score(x, y):
        both = overlap(x["points"], y["points"])
        if both < 500:
            return 0
        people = [same.get(c) for c in x.get("claimants", [])]
        return both + 125 * sum((
            len(people) == len(y.get("claimants", [])) and set(people) <= set(y.get("claimants", [])),
            x["stance"] == y["stance"], x["aspect"] == y["aspect"],
            x["quote"].get("direct") == y["quote"].get("direct")))

    events = assign(list(g["events"].values()), list(p["events"].values()), event_score)
    counts["events"] += len(g["events"]), len(p["events"]), len(events)
    to = {x["id"]: y["id"] for x, y in events}
    mentions.append((g["events"], p["events"], to))
    for x, y in events:
        values["category of event"].append((x["category"], y["category"]))
        values["modality of event"].append((x["modality"], y["modality"]))
        values["role of participant"] += participants(x, y)
        for c, d in assign(x["claims"], y["claims"], claim_score):
            counts["claims"][2] += 1
            values["stance of claim"].append((c["stance"], d["stance"]))
            values["aspect of claim"].append((c["aspect"], d["aspect"]))
            exact += c["points"] == d["points"]
            overlaps.append(2 * len(c["points"] & d["points"]) / (len(c["points"]) + len(d["points"])))
    claims = [[c for e in d["events"].values() for c in e["claims"]] for d in (g, p)]
    counts["claims"] += len(claims[0]), len(claims[1]), 0
    quotes = [[c for c in all if c["quote"].get("direct")] for all in claims]
    counts["quotes"] += len(quotes[0]), len(quotes[1]), len(assign(*quotes, claim_score))
    found = assign(g["ties"], p["ties"], lambda x, y: same.get(x["holder"]) == y["holder"]
                   and same.get(x["counterpart"]) == y["counterpart"] and x["affiliationType"] == y["affiliationType"])
    counts["ties"] += len(g["ties"]), len(p["ties"]), len(found)
    links = [{(kind, e["id"], other) for e in d["events"].values() for kind, other in
              [(r["kind"], r["to"]) for r in e.get("respondsTo", [])]
              + [("announces", i) for i in e.get("announces", [])] + [("part", i) for i in e.get("partOf", [])]}
             for d in (g, p)]
    counts["links"] += len(links[0]), len(links[1]), sum((k, to.get(a), to.get(b)) in links[1] for k, a, b in links[0])
    covered = [set().union(*(e["points"] for e in d["events"].values())) for d in (g, p)]
    counts["codePoints"] += len(covered[0]), len(covered[1]), len(covered[0] & covered[1])

for (a, b, to), (c, d, too) in itertools.combinations(mentions, 2):
    counts["sameEvents"] += len(a.keys() & c.keys()), len(b.keys() & d.keys()), sum(
        to.get(i) is not None and to.get(i) == too.get(i) for i in a.keys() & c.keys())

agreement = {}
for about, pairs in values.items():
    frame = pd.DataFrame(pairs, columns=["gold", "other"])
    table = pd.crosstab(frame["gold"], frame["other"], normalize=True)
    both = table.index.intersection(table.columns)
    observed = sum(table.loc[v, v] for v in both)
    expected = sum(table.loc[v].sum() * table[v].sum() for v in both)
    agreement[about] = [float(observed), float((observed - expected) / (1 - expected))]
json.dump({"counts": {k: [int(n) for n in v] for k, v in counts.items()}, "agreement": agreement, "exact": int(exact),
           "overlap": float(np.mean(overlaps))}, sys.stdout)
