"""Compares the values and statements of nodes with what fields.py derives from the same records, and prints the
differences as JSON.

usage: compare.py RECORDS.jsonl ANSWER.json
"""
import json
import sys
from collections import Counter

from fields import Fields, text

records = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
answer = json.load(open(sys.argv[2], encoding="utf-8"))
differences, seen = [], Counter()
NAMES = {"actorKind": "kind", "locationKind": "kind", "affiliationType": "affiliationType"}
SKIPPED = ("id", "statements", "sameAs", "release")


def expect(where, want, got):
    if want != got:
        if isinstance(want, list):  # only what differs, except in how often it is there
            want, got = [w for w in want if w not in got] or want, [g for g in got if g not in want] or got
        differences.append(f"{where}: Casus says {got}, the model {want}")


def plain(value):
    """Returns a value of the API as a statement has it."""
    if isinstance(value, dict):
        return value.get("edtf") or value.get("id") or text(value)
    return value


def source(s):
    return s["document"]["id"] if s["document"] else f"dataset:{s['dataset']}" if s["dataset"] else "None"


def check(fields, id, node, exact=False):
    where = f"{id} by itself" if exact else id
    values, statements = fields.decide(id, exact)
    for name, value in node.items():
        if name not in SKIPPED:
            want = values.get(NAMES.get(name, name))
            if isinstance(value, dict) and "id" in value and want:
                want = fields.members(want)[0]  # an actor or place is shown by its class
            expect(f"{where}: {name}", want or {"actorKind": "UNIDENTIFIED", "affiliationType": "OTHER"}.get(name), plain(value))
            seen["values"] += value is not None
    got = [[s["field"], s["value"], s["chosen"], s["undecided"], sorted(map(source, s["sources"]))] for s in node["statements"]]
    seen["statements"] += len(got)
    seen["rivals"] += sum(not s[2] for s in got)
    seen["undecided"] += sum(s[3] for s in got)
    seen["corrected"] += sum(fields.correction(fields.members(id, exact), f) is not None for f in values)
    expect(f"{where}: statements", statements, sorted(got))


def main():
    fields = Fields(records)
    for name in ("actors", "locations", "documents"):
        for node in answer[name]["nodes"]:
            check(fields, node["id"], node)
            others = node.get("sameAs", [])
            expect(f"{node['id']}: same as", fields.members(node["id"])[1:], sorted(o["id"] for o in others))
            for other in others:
                seen["members"] += 1
                check(fields, other["id"], other, exact=True)
    for node in filter(None, answer["ties"]):
        seen["affiliations"] += 1
        check(fields, node["id"], node)
    for row in answer["rows"]["nodes"]:
        check(fields, row["dataset"]["release"], row["dataset"])
    got = sorted((u["id"], u["field"], u["kept"], u["dropped"]) for u in answer["undecided"])
    expect("undecided", fields.undecided(), got)
    print(json.dumps({"differences": differences[:20], "count": len(differences), "seen": seen}))


main()
