"""Adds up exported tables with pandas and networkx by the section Sums of docs/model.md, and prints as JSON where the
API, the contributions of the exports or the links of an exported network differ.

usage: compare.py FOLDER

The folder has the tables of the whole graph (events, participants, figures), and for each selection N its events
(N.events.csv), its network of actors (N.graphml) and the API's answer (N.json).
"""
import json
import sys
from collections import Counter
from functools import cache
from itertools import combinations
from pathlib import Path

import networkx as nx
import pandas as pd

folder = Path(sys.argv[1])
events = pd.read_csv(folder / "events.csv", index_col="id", keep_default_na=False)
participants = pd.read_csv(folder / "participants.csv", keep_default_na=False)
figures = pd.read_csv(folder / "figures.csv", keep_default_na=False)
actors_of = participants.groupby("event")["actor"].agg(frozenset)
parts = nx.DiGraph((whole, part) for part, wholes in events["part_of"].items() for whole in wholes.split(";") if whole)
parts.add_nodes_from(events.index)
below = {e: nx.descendants(parts, e) for e in parts}
happened = events["modality"].isin(["OCCURRED", "ONGOING"])
differences, seen = [], Counter()


def number(f):
    """Returns low, best (if absent: low) and high of a figure; each event has one claim."""
    low, best, high = (None if f[c] == "" else int(f[c]) for c in ("low", "best", "high"))
    if f["qualifier"] == "AT_LEAST":
        return best, best, None
    if f["qualifier"] == "AT_MOST":
        return 0, best, best
    low = best if low is None else low
    return low, low if best is None else best, best if high is None else high


numbers = {}  # by quantity and event
for _, f in figures.iterrows():
    numbers.setdefault((f["kind"], f["population"], f["unit"]), {})[f["event"]] = number(f)
for (kind, population, unit), stated in list(numbers.items()):
    if population != "TOTAL":  # without a number of its own, TOTAL is the sum of the only population
        total = numbers.setdefault((kind, "TOTAL", unit), {})
        for e, n in stated.items():
            total.setdefault(e, n)


def contributions(selection, quantity):
    """Returns what the events of a selection contribute, by event, and who has a number or lacks one."""
    own = {e: n for e, n in numbers[quantity].items() if e in selection and happened[e]}
    circle = {e: {e} | {o for o in own if o in below[e] and e in below[o]} for e in own}
    # Of events that are parts of one another the one with the greatest number contributes.
    rank = lambda e: (own[e][1], own[e][0], -1 if own[e][2] is None else own[e][2])
    owner = {e: max(sorted(circle[e]), key=rank) for e in own}
    inside = lambda part, whole: part in below[whole] and part not in circle[whole]

    def bound(e):
        """Returns the three numbers of an owner and its circle."""
        members = circle[e]
        highs = [own[m][2] for m in members]
        if None in highs:
            bounded = any(h is not None for h in highs) or any(own[w][2] is not None for w in own if e in below[w])
            highs = [own[m][1] if own[m][2] is None else own[m][2] for m in members] if bounded else [None]
        return max(own[m][0] for m in members), max(own[m][1] for m in members), None if None in highs else max(highs)

    @cache
    def contributed(e):
        inner = [contributed(p) for p in own if owner[p] == p and inside(p, e)]
        return tuple(
            None if o is None and i == 2 and bound(e)[2] is None else max(0, o - sum(c[i] or 0 for c in inner))
            for i, o in enumerate(bound(e)))

    added = {e: contributed(e) if owner[e] == e else (0, 0, 0) for e in own}
    missing = {e for e in selection if happened[e] and e not in own
               and not any(o in below[e] or e in below[o] for o in own)}
    return added, missing


def sums(selection, quantity, cells=None):
    """Returns the sum of a selection or, by cell, the parts of it that the events in the cells contribute."""
    added, missing = contributions(frozenset(selection), quantity)
    total = [sum(c[i] or 0 for c in added.values()) for i in range(3)]
    bounded = all(c[2] is not None for c in added.values())
    which = range(3) if bounded else range(2)
    low, high = min(which, key=lambda i: total[i]), max((2, 0, 1), key=lambda i: total[i]) if bounded else 2
    seen["crossed"] += low != 0 or high != 2
    found = []
    for members in cells or [selection]:
        of = {e: c for e, c in added.items() if e in members}
        without = sum(c[2] is None for c in of.values())
        found.append(None if not of else {
            "low": sum(c[low] for c in of.values()), "best": sum(c[1] for c in of.values()),
            "high": None if without else sum(c[high] for c in of.values()),
            "events": len(of), "withoutHigh": without, "withoutFigures": len(missing & set(members))})
    return found


def check(where, answer, selection, cells=None, cell=0):
    shown = {("KILLED", "TOTAL", ""): answer["killed"], ("WOUNDED", "TOTAL", ""): answer["wounded"]}
    for f in answer["figures"]:
        shown[f.pop("figureKind"), f.pop("population"), f.pop("unit") or ""] = f
    for q in numbers:
        want, got = sums(selection, q, cells)[cell], shown.get(q)
        seen["sums"] += want is not None
        if want != got:
            differences.append(f"{where}, {q}: Casus has {got}, pandas {want}")


def check_exports(n, selected):
    """Checks that each column of contributions has what each event contributes."""
    for kind in ("killed", "wounded"):
        added, _ = contributions(frozenset(selected.index), (kind.upper(), "TOTAL", ""))
        columns = selected[[f"{kind}_{bound}_contribution" for bound in ("low", "best", "high")]]
        got = {e: tuple(None if v == "" else int(v) for v in row) for e, *row in columns.itertuples() if row[0] != ""}
        own = {e: v for e, v in selected[f"{kind}_low"].items() if v != ""}
        seen["contributions"] += sum(str(got[e][0]) != own.get(e) for e in got)
        if got != added:
            differences.append(f"{n}: exported contributions {got}, pandas {added}")


def check_links(n, links, selected, filter):
    connecting = {e for e in selected.index if happened[e] or "modalities" in filter}
    if "hasParts" not in filter:
        connecting -= {w for w, _ in parts.edges}
    exported = nx.read_graphml(folder / f"{n}.graphml")
    pairs = {}
    for e in connecting:
        for pair in combinations(sorted(actors_of.get(e, ())), 2):
            pairs.setdefault(pair, set()).add(e)
    got = {(link["source"]["id"], link["target"]["id"]): link for link in links}
    if set(got) != set(pairs) or exported.number_of_edges() != len(pairs):
        differences.append(f"{n}: links {sorted(got)}, exported {exported.number_of_edges()}, pandas {sorted(pairs)}")
        return
    for pair, shared in pairs.items():
        check(f"{n}: link {pair}", got[pair], shared)
        seen["links"] += 1
        data = exported.edges[pair]
        for kind in ("killed", "wounded"):
            want = sums(shared, (kind.upper(), "TOTAL", ""))[0] or dict.fromkeys(("best", "low", "high"))
            have = tuple(data.get(kind + bound) for bound in ("", "Low", "High"))
            if have != (want["best"], want["low"], want["high"]):
                differences.append(f"{n}: exported link {pair} has {kind} {have}, pandas {want}")


def main():
    answers = sorted(folder.glob("*.json"))
    for path in answers:
        n, answer = path.stem, json.loads(path.read_text(encoding="utf-8"))
        selected = pd.read_csv(folder / f"{n}.events.csv", index_col="id", keep_default_na=False, dtype=str)
        ids = set(selected.index)
        check(f"{n}: extent", answer["extent"], ids)
        starts = [b["start"] for b in answer["timelineBuckets"]]
        cells = [{e for e in ids if events["start"][e][:7] == start[:7]} for start in starts]
        for i, bucket in enumerate(answer["timelineBuckets"]):
            check(f"{n}: bucket {bucket['start']}", bucket, ids, cells, i)
        for facet in answer["facets"]:
            for g in facet["groups"]:
                value = {
                    "CATEGORY": lambda e: g["key"] == events["category"][e],
                    "COUNTRY": lambda e: (g["key"] or "") == events["countries"][e],
                    "ACTOR": lambda e: g["key"] in actors_of.get(e, ()) or g["key"] is None and e not in actors_of,
                }[facet["field"]]
                check(f"{n}: {facet['field']} {g['key']}", g, {e for e in ids if value(e)})
        onMap = {e for e in ids if events["latitude"][e] != ""}
        for cluster in answer["clusters"]:  # at zoom 0 all places are in one
            check(f"{n}: cluster", cluster, ids, [onMap])
        check_exports(n, selected)
        check_links(n, answer["network"]["links"], selected, answer["filter"])
    print(json.dumps({"differences": differences[:20], "count": len(differences), "seen": seen}))


main()
