"""Decides which of several values a field of a node has, as docs/model.md tells it under Nodes."""
import json
import sys
from collections import defaultdict
from pathlib import Path

import networkx as nx

sys.path.append(str(Path(__file__).parents[1]))
from times import bounds

NEVER = float("inf")
NO_VALUE = ("UNIDENTIFIED", "OTHER", "")
KINDS = ["PERSON", "STATE", "GOVERNMENT", "MILITARY", "ARMED_GROUP", "ORGANIZATION", "COMPANY", "COALITION", "POPULATION"]
PLACES = ["COUNTRY", "ADMIN1", "ADMIN2", "CITY", "FACILITY", "WATER", "REGION"]
TIES = ["MEMBERSHIP", "EMPLOYMENT", "OFFICE", "REPRESENTATION", "COMMAND", "FAMILY", "ALLIANCE", "CONTROL"]
CODINGS = ["HUMAN", "MACHINE_REVIEWED", "MACHINE"]
ORDER = {kind: i for kinds in (KINDS, PLACES, TIES) for i, kind in enumerate(kinds)}
UNLISTED = ("type", "id", "names", "titles", "source", "document", "assertedAt")  # and lists


class Fields:
    """The values of all nodes' fields, each with its sources: node -> field -> value -> sources."""

    def __init__(self, records):
        self.releases = {r["id"]: r["name"] for r in records if r["type"] == "release"}
        self.stated = defaultdict(lambda: defaultdict(lambda: defaultdict(set)))
        for record in records:
            if record["type"] in ("identity", "correction", "event"):
                continue
            for field, value in record.items():
                if field not in UNLISTED and value not in NO_VALUE and (record["type"], field) != ("affiliation", "release"):
                    self.stated[record["id"]][field][text(value)].add(self.source(record))
        self.corrections = defaultdict(list)
        for c in records:
            if c["type"] == "correction":
                order = json.dumps(c["value"]) if c["value"] else ""  # none sorts first
                self.corrections[c["node"], c["field"]].append((c["at"], order, c["value"]))
        self.classes = self.closure([d for d in records if d["type"] == "identity"])
        self.dates = {}  # of the documents and data sets that are dated
        for name in {*self.releases.values()}:
            self.dates["dataset:" + name] = min(
                self.date_of(id, "releasedAt") for id, of in self.releases.items() if of == name)
        self.dates |= {id: self.date_of(id, "publishedAt") for id in self.stated if id.startswith("document:")}

    @staticmethod
    def closure(decisions):
        latest = {}
        for d in sorted(decisions, key=lambda d: (d["decidedAt"], d["id"])):
            latest[frozenset((d["a"], d["b"]))] = d["same"]
        same = nx.Graph(tuple(pair) for pair, holds in latest.items() if holds)
        return {member: sorted(members) for members in nx.connected_components(same) for member in members}

    def source(self, record):
        if record["type"] == "affiliation" and "release" in record:
            return "dataset:" + self.releases[record["release"]]
        return record.get("source") or record["type"] == "affiliation" and record.get("document") or None

    def date_of(self, id, field):
        """Returns when a document or release was published: the value of most sources, then the earliest."""
        value = self.correction([id], field)
        if value is None:
            values = self.stated[id][field]
            most = max((len(sources) for sources in values.values()), default=0)
            return min((bounds(v)[1] for v, sources in values.items() if len(sources) == most), default=NEVER)
        return NEVER if value[0] is None else bounds(value[0])[1]

    def correction(self, members, field):
        """Returns the latest correction over all members as a tuple, None if there is none."""
        all = [c for m in members for c in self.corrections[m, field]]
        return (max(all, key=lambda c: c[:2])[2],) if all else None

    def members(self, id, exact=False):
        return [id] if exact else self.classes.get(id, [id])

    def decide(self, id, exact=False):
        """Returns the value of each field, and its statements as [field, value, chosen, undecided, sources]."""
        members, values, statements = self.members(id, exact), {}, []
        for field in sorted({f for m in members for f in self.stated[m]} | {f for m, f in self.corrections if m in members}):
            sources = defaultdict(set)
            for m in members:
                for value, stating in self.stated[m][field].items():
                    sources[value] |= stating
            best = self.best(field, sources)
            if corrected := self.correction(members, field):
                best = [text(corrected[0])] if corrected[0] else []
            values[field] = best[0] if best else None
            if field == "coding":
                continue
            shown = defaultdict(set)  # an actor or a place by its class, but it was decided before
            for value, stating in sources.items():
                shown[value if exact else self.members(value)[0]] |= stating
            chosen = [v if exact else self.members(v)[0] for v in best]
            statements += [[field, v, v in chosen[:1], len({*chosen}) > 1, sorted(map(str, s))] for v, s in shown.items()]
        return values, sorted(statements)

    def undecided(self):
        """Returns the notes of a check: a node, a field, its value and another one that no rule puts behind it."""
        return sorted((id, field, best[0], other) for id, fields in self.stated.items() for field, sources in fields.items()
                      if not self.correction([id], field) and (best := self.best(field, sources)) for other in best[1:])

    def best(self, field, sources):
        """Returns the values of most sources, of these the ones of the earliest source, in order: the first is chosen."""
        if field == "coding":
            return sorted(sources, key=CODINGS.index)[:1]
        most = max(map(len, sources.values()), default=0)
        best = [v for v, s in sources.items() if len(s) == most]
        first = {v: min(self.dates.get(s, NEVER) for s in sources[v]) for v in best}
        return sorted((v for v in best if first[v] == min(first.values())), key=lambda v: (ORDER.get(v, 0), v))


def text(value):
    return f"{value['latitude']},{value['longitude']}" if isinstance(value, dict) else value
