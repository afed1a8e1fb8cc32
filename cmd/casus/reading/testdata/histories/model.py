"""Derives what Casus shows about events from records of the extraction format, as docs/model.md describes it.

Written from that page alone, the naive way: it compares all pairs, and derives everything anew for each moment.
"""
import sys
from collections import defaultdict
from functools import lru_cache
from itertools import combinations
from pathlib import Path

import networkx as nx

sys.path.append(str(Path(__file__).parents[1]))
from matters import disagreements
from times import FOREVER, bounds, day_after, hull
from tolls import Tolls

LATER = 1e15  # a moment at which everything is known
POSITIVE = ("ASSERTS", "CONFIRMS")


class Telling:
    def __init__(self, claim, voice, text, document, spans, own):
        self.claim, self.voice, self.text, self.document = claim, voice, text, document
        # A span without offsets may be anywhere, so it shows nothing.
        self.spans = spans if all("start" in s for s in spans) else []
        self.own = own  # the voice is the publisher of the text

    def same_words(self, other):
        if self.text != other.text:
            return False
        return (self.document != other.document or not self.spans or not other.spans
                or any(a["start"] < b["end"] and b["start"] < a["end"] for a in self.spans for b in other.spans))

    def independent(self, other):
        return self.voice != other.voice and not self.same_words(other)

    def corroborates(self, other):
        """A publisher is not independent of the people that its own text quotes."""
        return self.independent(other) and not (self.text == other.text and (self.own or other.own))

    def confirms(self, other):
        """The telling is of a CONFIRMS that can have followed another positive claim."""
        return (self.claim is not other.claim and self.claim["stance"] == "CONFIRMS"
                and other.claim["earliest"] <= self.claim["from"] and self.independent(other))


class Graph(Tolls):
    """The records, seen with identity decisions or, if exact is set, as if there were none."""

    def __init__(self, records, exact=False):
        by = defaultdict(list)
        for r in records:
            by[r["type"]].append(r)
        self.documents = {d["id"]: d for d in by["document"]}
        self.releases = {r["id"]: r for r in by["release"]}
        self.reviews = by["review"]
        self.classes = {} if exact else self.closure(by["identity"])
        self.claims, self.ties = defaultdict(list), {a["id"]: a for a in by["affiliation"]}
        self.tie_claims = {a["id"]: [self.complete(c, a["id"]) for c in a["claims"]] for a in by["affiliation"]}
        for event in by["event"]:
            for c in event["claims"]:
                self.claims[self.of(event["id"])].append(self.complete(c, self.of(event["id"])))
        for claims in [*self.claims.values(), *self.tie_claims.values()]:
            claims.sort(key=lambda c: (c["from"], c["id"]))
            self.withdraw(claims)
        self.within = nx.DiGraph((self.of(p["id"]), self.of(q)) for p in by["location"] for q in p.get("within", []))

    @staticmethod
    def closure(decisions):
        latest = {}
        for d in sorted(decisions, key=lambda d: (day_after(d["decidedAt"], False), d["id"])):
            latest[frozenset((d["a"], d["b"]))] = d.get("same", True)
        same = nx.Graph(tuple(pair) for pair, holds in latest.items() if holds)
        return {member: min(members) for members in nx.connected_components(same) for member in members}

    def of(self, node):
        return self.classes.get(node, node)

    def lies(self, place, other):
        """Whether a place is another one or lies in it."""
        return place == other or place in self.within and other in nx.descendants(self.within, place)

    def complete(self, claim, subject):
        """Returns a claim with what follows from it alone and from its document and release."""
        c = {"stance": "ASSERTS", "aspect": "OCCURRENCE", "subject": subject, **claim}
        c["hull"] = hull(c.get("time"))
        document, release = self.documents.get(c.get("document"), {}), self.releases.get(c.get("release"), {})
        asserted = c.get("assertedAt") or document.get("publishedAt") or release["releasedAt"]
        c["earliest"], c["from"] = bounds(asserted)
        c["to"], c["withdrawnBy"] = FOREVER, []
        c["row"] = release.get("name")
        c["in"] = sorted({c[k] for k in ("document",) if k in c} | set(c.get("cites", []) if release else []))
        c["machine"] = self.coding(c, release) == "MACHINE"
        c["tellings"] = list(self.tellings(c))
        if c.get("claimants"):
            c["voices"] = {self.of(a) for a in c["claimants"]}
        else:
            c["voices"] = {t.voice for t in c["tellings"]}
        return c

    def coding(self, c, release):
        naming = [r for r in self.reviews if c["id"] in r.get("claims", [])
                  or {r.get("document"), r.get("release")} & {c.get("document", 0), c.get("release", 0)}]
        if naming:
            return max(naming, key=lambda r: (day_after(r["at"], False), r["id"]))["verdict"]
        return "MACHINE" if c.get("extractions") else release.get("coding", "HUMAN")

    def original(self, document):
        while "syndicates" in self.documents[document]:
            document = self.documents[document]["syndicates"]
        return document

    def publisher(self, document):
        """Returns the class of a document's publisher; a document stands for its unknown publisher."""
        return self.of(self.documents[document].get("publisher", document))

    def tellings(self, c):
        if not c["in"]:
            for a in sorted({self.of(a) for a in c.get("claimants", [])}):
                yield Telling(c, a, c["id"], None, [], False)
        for d in c["in"]:
            text = self.original(d)
            spans = c.get("spans", []) if d == c.get("document") else []
            voice = self.publisher(text)
            if c.get("claimants"):
                for a in sorted({self.of(a) for a in c["claimants"]}):
                    yield Telling(c, a, text, d, spans, a == voice)
            elif "publisher" in self.documents[text] or not c["row"]:
                yield Telling(c, voice, text, d, spans, True)

    # Withdrawal

    def may_withdraw(self, by, target):
        if by["row"] and by["row"] == target["row"]:
            return True
        owners = {self.of(a) for a in target.get("claimants", [])}
        if "document" in target:
            owners |= {self.publisher(target["document"]), self.publisher(self.original(target["document"]))}
        return bool(self.acts(by) & owners)

    def acts(self, c):
        """Returns who acts in a claim, besides its dataset."""
        if c.get("claimants"):
            return {self.of(a) for a in c["claimants"]}
        return {self.publisher(c["document"])} if "document" in c else set()

    def withdraw(self, claims):
        """Sets when claims were withdrawn, and lists the withdrawals without effect."""
        named = {c["id"]: c for c in claims}
        circle = {}
        for at in sorted({c["from"] for c in claims}):
            names = nx.DiGraph((c["id"], t) for c in claims for t in c.get("supersedes", [])
                               if c["from"] <= at and t in named and named[t]["from"] <= at)
            for members in nx.strongly_connected_components(names):
                if len(members) > 1:
                    for m in members:
                        circle.setdefault(m, at)
        for by in claims:
            by["without"] = []
            for t in by.get("supersedes", []):
                target = named.get(t)
                if target is None:
                    by["without"].append(t)
                    continue
                moment = max(by["from"], target["from"])
                if (target["earliest"] > by["from"] or by["machine"] and not target["machine"]
                        or circle.get(by["id"], FOREVER) <= moment or not self.may_withdraw(by, target)):
                    by["without"].append(t)
                    continue
                target["to"] = min(target["to"], moment)
                target["withdrawnBy"].append((moment, by["id"]))
            if by["stance"] == "RETRACTS" and not by.get("supersedes"):
                targets = [t for t in claims if t["stance"] != "RETRACTS" and t["from"] <= by["from"]
                           and ("document" not in by or by["document"] != t.get("document"))
                           and by["aspect"] in ("OCCURRENCE", t["aspect"])
                           and not (by["machine"] and not t["machine"]) and self.may_withdraw(by, t)]
                for t in targets:
                    t["to"] = min(t["to"], by["from"])
                    t["withdrawnBy"].append((by["from"], by["id"]))
                if not targets:
                    by["without"].append(None)

    # What follows at a moment

    def live(self, id, at):
        return [c for c in self.claims[id] if c["from"] <= at < c["to"] and c["stance"] != "RETRACTS"]

    def affiliations(self, actor, at):
        """Returns the affiliations of an actor that a live claim supports, with the classes of their ends."""
        found = []
        for id, a in self.ties.items():
            ends = {"holder": self.of(a["holder"]), "counterpart": self.of(a["counterpart"])}
            live = [c for c in self.tie_claims[id] if c["from"] <= at < c["to"]]
            if actor in ends.values() and any(c["stance"] in POSITIVE for c in live):
                found.append(a | ends | {"hull": hull(a.get("validTime"))})
        return found

    @lru_cache(maxsize=None)
    def event(self, id, at):
        """Returns what the API shows of an event at a moment, or None if it does not appear."""
        claims = [c for c in self.claims[id] if c["from"] <= at]
        been = [c for c in claims if c["stance"] != "RETRACTS" and c["from"] < c["to"]]
        if not been:
            return None
        live = [c for c in been if at < c["to"]]
        positive = [c for c in live if c["stance"] in POSITIVE]
        occurrence = [c for c in live if c["aspect"] == "OCCURRENCE"]
        status = self.status(occurrence) if live else "RETRACTED"
        shown = positive or live or been
        modality = self.latest(shown, lambda c: c.get("modality")) or "OCCURRED"
        documents = {d for c in live for d in c["in"]}
        return {
            "id": id, "status": status, "modality": modality, "hull": hull(self.latest(shown, lambda c: c.get("time"))),
            "sources": {
                "documents": len(documents),
                "publishers": len({self.publisher(d) for d in documents if "publisher" in self.documents[d]}),
                "voices": len({v for c in occurrence if c["stance"] in POSITIVE and not c["machine"] for v in c["voices"]}),
                "datasets": len({c["row"] for c in live if c["row"]}),
            },
            "toll": self.toll(positive) if modality in ("OCCURRED", "ONGOING") else {},
            "disagreements": disagreements(self, live, modality),
            "participants": self.participants(live),
            "withdrawn": {c["id"]: sorted(by for since, by in c["withdrawnBy"] if since <= at) for c in claims if at >= c["to"]},
            "history": self.toll_history(claims, at),
            "tellings": [t for c in occurrence if c["stance"] in POSITIVE and not c["machine"] for t in c["tellings"]],
            "unreviewed": any(c["machine"] and c["stance"] in POSITIVE for c in occurrence),
        }

    @staticmethod
    def latest(claims, value):
        """Returns the value of the latest claim that states one; of a machine's claim only if no other does."""
        for machine in (False, True):
            for c in reversed(claims):
                if c["machine"] == machine and value(c) is not None:
                    return value(c)
        return None

    @staticmethod
    def status(claims):
        only_machine = all(c["machine"] for c in claims)
        counting = [c for c in claims if only_machine or not c["machine"]]
        positive = [c for c in counting if c["stance"] in POSITIVE]
        stances = {c["stance"] for c in counting}
        if "DISPUTES" in stances or positive and "DENIES" in stances:
            return "DISPUTED"
        if "DENIES" in stances:
            return "DENIED"
        if only_machine:
            return "UNVERIFIED"
        tellings = [t for c in positive for t in c["tellings"]]
        if any(t.confirms(u) for t in tellings for u in tellings):
            return "CONFIRMED"
        if any(t.corroborates(u) for t, u in combinations(tellings, 2)):
            return "CORROBORATED"
        return "UNVERIFIED"

    def participants(self, live):
        found = defaultdict(list)
        for c in live:
            for key in {(self.of(p["actor"]), p["role"]) for p in c.get("participants", [])}:
                found[key].append(c)
        return {
            f"{actor} {role}": self.status([
                c for c in claims
                if c["stance"] in POSITIVE or c["aspect"] == "PARTICIPATION" and c["stance"] in ("DENIES", "DISPUTES")])
            for (actor, role), claims in found.items()}
