"""Compares answers of the API with what model.py derives from the same records, and prints the differences as JSON.

usage: compare.py RECORDS.jsonl ANSWERS.json
"""
import json
import sys
from collections import Counter

import compare_edges
from model import LATER, Graph, day_after

records = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
answers = json.load(open(sys.argv[2], encoding="utf-8"))
differences, seen = [], Counter()


def expect(where, want, got):
    if want != got:
        if isinstance(want, list):  # only what differs, except in how often it is there
            want, got = [w for w in want if w not in got] or want, [g for g in got if g not in want] or got
        differences.append(f"{where}: Casus says {got}, the model {want}")


def shown(e):
    """Returns an event of the API in the form of Graph.event."""
    toll = {}
    for kind in ("killed", "wounded"):
        if n := e["toll"][kind]:
            toll[f"{kind.upper()} TOTAL"] = [n["low"], n["best"], n["high"], n["agreed"]]
    for f in e["toll"]["figures"]:
        quantity = f"{f['figureKind']} {f['population']} {f['unit'] or ''}".strip()
        toll[quantity] = [f["low"], f["best"], f["high"], f["agreed"]]
    return {
        "id": e["id"], "status": e["status"], "modality": e["modality"], "sources": e["sources"], "toll": toll,
        "participants": {f"{p['actor']['id']} {p['role']}": p["status"] for p in e["participants"]},
        "disagreements": sorted(map(disagreement, e["disagreements"])),
        "withdrawn": {c["id"]: sorted(w["id"] for w in c["withdrawnBy"]) for c in e["claims"]["nodes"] if c["withdrawnBy"]},
        "history": sorted((
            [f"{b['figureKind']} {b['population']} {b['unit'] or ''}".strip(), b["document"] and b["document"]["id"],
             sorted(a["id"] for a in b["claimants"]), b["knownFrom"], b["knownTo"], b["low"], b["best"], b["high"],
             sorted(c["id"] for c in b["claims"])] for b in e["tollHistory"]), key=repr),
    }


def disagreement(d):
    """Returns a disagreement of the API in the form of matters.disagreements."""
    quantity = f"{d['figureKind']} {d['population']} {d['unit'] or ''}".strip()
    matter = {"FIGURES": quantity, "PARTICIPATION": f"{d['actor'] and d['actor']['id']} {d['role']}",
              "PLACE": d["locationRole"]}.get(d["aspect"], "")
    sides = [[s["denies"], sorted(v["id"] for v in s["voices"]), [c["id"] for c in s["claims"]]] for s in d["sides"]]
    return [d["aspect"], matter, sorted(sides)]


def check_corroboration(where, want, answer):
    """Checks an answer line by line: the model does not say which of several pairs is listed."""
    tellings = {(t.claim["id"], t.voice, t.document): t for t in want["tellings"]}

    def find(t, documents):
        keys = [(t["claim"]["id"], t["voice"]["id"], d) for d in documents or [None]]
        return next((tellings[k] for k in keys if k in tellings), None)

    # The first document of a telling is its own.
    listed = [find(t, [d["id"] for d in t["documents"][:1]]) for t in answer["independent"]]
    others = [[find(o, [d["id"] for d in o["documents"]]) for o in t["others"]] for t in answer["independent"]]
    everything = listed + [o for under in others for o in under]
    if None in everything or len(everything) != len(tellings) or len(set(map(id, everything))) != len(tellings):
        differences.append(f"{where}: lists {len(everything)} tellings, the model has {sorted(map(str, tellings))}")
        return
    confirmed = want["status"] == "CONFIRMED"
    related = (lambda t, u: t.independent(u)) if confirmed else (lambda t, u: t.corroborates(u))
    if confirmed:
        t, u = listed[:2]
        expect(f"{where}: the pair confirms", True, t.confirms(u) or u.confirms(t))
    if want["status"] in ("CONFIRMED", "CORROBORATED"):
        expect(f"{where}: the pair is independent", True, len(listed) > 1 and related(*listed[:2]))
    else:
        if want["status"] == "UNVERIFIED":
            expect(f"{where}: independent tellings", min(1, len(tellings)), len(listed))
    for i, t in enumerate(listed):
        expect(f"{where}: telling {i} is independent of those before it", True, all(related(t, u) for u in listed[:i]))
        for o in others[i]:
            first = next((j for j, u in enumerate(listed) if not related(o, u)), None)
            expect(f"{where}: {o.claim['id']} is under the first that it is not independent of", first, i)
    needs = []
    if not confirmed:
        needs += ["WITHDRAWN_DENIALS"] * (want["status"] in ("DISPUTED", "DENIED"))
        needs += ["REVIEW"] * want["unreviewed"] + ["CLAIM"] * (not tellings) + ["CONFIRMATION"]
    expect(f"{where}: needs", needs, answer["needs"])


def main():
    graph = Graph(records)
    for answer in answers["moments"]:
        at = LATER if answer["knownAt"] is None else day_after(answer["knownAt"], True)
        got = {e["id"]: e for e in answer["events"]["timeline"]["nodes"]}
        for id in graph.claims:
            where, want = f"{id} at {answer['knownAt']}", graph.event(id, at)
            if want is None or id not in got:
                expect(f"{where}: appears", want is not None, id in got)
                continue
            e = got.pop(id)
            seen[want["status"]] += 1
            seen["participation " + ", ".join(sorted(set(want["participants"].values())))] += 1
            for field, value in shown(e).items():
                seen[field] += bool(value)
                expect(f"{where}: {field}", want[field], value)
            for aspect, _, _ in want["disagreements"]:
                seen[f"disagreement {aspect}"] += 1
            check_corroboration(where, want, e["corroboration"])
        expect(f"at {answer['knownAt']}: other events", [], sorted(set(got) - set(graph.claims)))
        compare_edges.compare(expect, seen, graph, answer["edges"], at, f"at {answer['knownAt']}")
    exact = Graph(records, exact=True)
    notes = [[c["id"], t] for subjects in (exact.claims, exact.tie_claims) for claims in subjects.values()
             for c in claims for t in c["without"]]
    seen["notes"] += len(notes)
    expect("notes", sorted(notes, key=str), sorted(answers["notes"], key=str))
    print(json.dumps({"differences": differences[:20], "count": len(differences), "seen": seen}))


main()
