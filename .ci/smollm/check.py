"""Checks proposals by their articles, apart from Casus: check.py FOLDER. It prints the counts of their runs.

Every span must be the text's own words, and every name of a new actor or place must stand in the text word for word, or
with other endings. What a small model invents stands in no text.
"""
import json, pathlib, re, sys, unicodedata

faults = 0


def fault(message):
    global faults
    faults += 1
    print("FAULT", message)


def words(text):
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return re.findall(r"\w+", plain)


for path in sorted(pathlib.Path(sys.argv[1]).glob("*.proposal.jsonl")):
    name = path.name.removesuffix(".proposal.jsonl")
    records = [json.loads(line) for line in path.open(encoding="utf-8")]
    document = next(r for r in records if r["type"] == "document")
    text, publisher = document["text"], document.get("publisher")
    stems = {w[:4] for w in words(text)}
    claims = spans = 0
    for r in records:
        if r["type"] in ("actor", "location") and r["id"] != publisher:
            for w in words(r["names"][0]["value"]):
                if w[:4] not in stems:
                    fault(f"{name}: {r['id']}: {w!r} does not stand in the text")
        for c in r.get("claims", []):
            claims += 1
            if not c["spans"]:
                fault(f"{name}: a claim has no span")
            for s in c["spans"]:
                spans += 1
                if text[s["start"]:s["end"]] != s["exact"]:
                    fault(f"{name}: {s['exact']!r} does not stand at {s['start']}")
    form = json.load(open(path.with_name(name + ".form.json"), encoding="utf-8"))
    refused = [json.loads(line) for line in path.with_name(name + ".refused.jsonl").open(encoding="utf-8")]
    entries = sum(len(all) for all in form.values())
    print(f"{name}: {entries} entries, {len(refused)} refusals, {len(records)} records, {claims} claims, {spans} spans")
sys.exit(1 if faults else 0)
