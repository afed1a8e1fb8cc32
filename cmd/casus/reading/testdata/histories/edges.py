"""Derives the edges of events at a moment, as docs/model.md tells it under Edges and Proposals."""
from collections import defaultdict

POSITIVE = ("ASSERTS", "CONFIRMS")


class Edges:
    """All edges of the events that appear at a moment. Each is a tuple of what the API shows of it."""

    def __init__(self, graph, at):
        self.graph, self.at = graph, at
        self.live = {e: graph.live(e, at) for e in graph.claims}
        self.modality = {e: s["modality"] for e in graph.claims if (s := graph.event(e, at))}
        self.participants, self.locations, self.wholes = defaultdict(list), defaultdict(list), defaultdict(list)
        self.answers, self.announced = defaultdict(list), defaultdict(list)
        for e, live in self.live.items():
            for (actor, role), by in self.supported(live, "participants", "actor", "role").items():
                self.participants[e].append((
                    actor, role, self.value(by, "side"), self.value(by, "capacity"),
                    self.value(by, "representing"), ids(by)))
            there = [c for c in live if c["aspect"] != "PLACE" or c["stance"] in POSITIVE]
            for (place, role), by in self.supported(there, "locations", "location", "role").items():
                self.locations[e].append((place, role, self.value(by, "precision"), ids(by)))
            for (whole, _), by in self.supported(live, "partOf").items():
                if self.shown(e, whole):
                    self.wholes[e].append((whole, e, ids(by)))
            for (to, kind), by in self.supported(live, "respondsTo", "to", "kind").items():
                if self.shown(e, to):
                    self.answers[e].append((kind, to, e, self.value(by, "condition"), ids(by)))
            for (of, _), by in self.supported(live, "announces").items():
                if self.shown(e, of):
                    self.announced[e].append((e, of, ids(by)))

    def shown(self, event, other):
        """An edge to another event is shown if that appears, whatever its status."""
        return other != event and other in self.modality

    def supported(self, live, field, node=None, kind=None):
        """Returns the claims that list each edge, with what each says of it."""
        found = defaultdict(list)
        for c in live:
            for listed in c.get(field, []):
                listed = listed if node else {"": listed}
                found[self.graph.of(listed[node or ""]), listed.get(kind)].append((c, listed))
        return found

    def value(self, by, name):
        """Returns the value of the latest positive claim that states one, else of the latest claim."""
        stating = [s for s in by if name in s[1]]
        stating = [s for s in stating if s[0]["stance"] in POSITIVE] or stating
        stating = [s for s in stating if not s[0]["machine"]] or stating
        if not stating:
            return None
        value = max(stating, key=lambda s: (s[0]["from"], s[0]["id"]))[1][name]
        return self.graph.of(value) if name == "representing" else value

    def acts(self, event):
        """Returns the events that announce an event."""
        return sorted(e for e, of in self.announced.items() if any(a[1] == event for a in of))

    def responses(self, event):
        """Returns the responses to an event and, while it is PROPOSED, to the acts that announce it."""
        to = {event, *(self.acts(event) if self.modality.get(event) == "PROPOSED" else [])}
        return [a for e, answers in self.answers.items() for a in answers if a[1] in to and e != event]

    def proposers(self, event):
        found = []
        for e in [event, *self.acts(event)]:
            found += sorted(p[0] for p in self.participants[e] if p[1] == "PROPOSER")
        return list(dict.fromkeys(found))

    def of(self, event):
        """Returns the edges of an event by the names of the API's fields."""
        parts = sorted(w[1] for wholes in self.wholes.values() for w in wholes if w[0] == event)
        edges = {
            "participants": self.participants[event], "locations": self.locations[event], "partOf": self.wholes[event],
            "respondsTo": self.answers[event], "responses": self.responses(event),
            "announcements": self.announced[event], "announcedBy": self.acts(event), "parts": parts,
            "proposedBy": self.proposers(event)}
        return {name: sorted(all, key=repr) for name, all in edges.items()}


def ids(by):
    return tuple(sorted({c["id"] for c, _ in by}))
