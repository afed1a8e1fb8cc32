"""Finds where the word of an actor turned, as docs/model.md tells it under Reversals, and its affiliations."""
from collections import defaultdict

POSITIVE = ("ASSERTS", "CONFIRMS")


def is_word(graph, c, actor):
    """Whether a claim is the word of an actor."""
    if c["machine"]:
        return False
    if c.get("claimants"):
        return actor in {graph.of(a) for a in c["claimants"]}
    document = graph.documents.get(c.get("document"), {})
    return not c["row"] and "syndicates" not in document and graph.of(document.get("publisher")) == actor


def taken_back_by_others(graph, c, actor, at):
    claims = {d["id"]: d for d in graph.claims[c["subject"]]}
    return any(since <= at and actor not in graph.acts(claims[by]) for since, by in c["withdrawnBy"])


def turns(said):
    """Yields the pairs between which an answer turned, of (moment, answer, what): the last before, the first after."""
    by_moment = defaultdict(list)
    for moment, answer, what in said:
        by_moment[moment].append((answer, what))
    before = None
    for moment in sorted(by_moment):
        answers = {answer for answer, _ in by_moment[moment]}
        if len(answers) > 1:
            continue
        answer, whats = answers.pop(), sorted(what for _, what in by_moment[moment])
        if before and before[0] != answer:
            yield answer, before[1], whats[0]
        before = answer, whats[-1]


def reversals(graph, edges, actor, at):
    """Returns a list of [kind, event, participant, role, before, after], which are the claims or responses."""
    said = defaultdict(list)
    for event, claims in graph.claims.items():
        for c in claims:
            if (c["from"] > at or c["to"] <= c["from"] or c["stance"] not in (*POSITIVE, "DENIES") or not is_word(graph, c, actor)
                    or taken_back_by_others(graph, c, actor, at)):
                continue
            word = c["from"], c["stance"] in POSITIVE, c["id"]
            if c["aspect"] == "OCCURRENCE":
                said[event, None, None].append(word)
            elif c["aspect"] == "PARTICIPATION":
                for part in {(graph.of(p["actor"]), p["role"]) for p in c.get("participants", [])}:
                    said[event, *part].append(word)
    found = [["ADMITTED" if answer else "DENIED", *matter, before, after]
             for matter, words in said.items() for answer, before, after in turns(words)]
    for event in graph.claims:
        answers = [(start_of(graph, edges, a), a[0] == "ACCEPTS", first_claim(edges, a)["id"])
                   for a in edges.responses(event) if a[0] in ("ACCEPTS", "REJECTS")
                   and answers_proposal(edges, a, event) and is_answer_of(graph, edges, a[2], actor)]
        found += [["ACCEPTED" if answer else "REFUSED", event, None, None, before, after]
                  for answer, before, after in turns(answers)]
    return sorted(found, key=repr)


def first_claim(edges, response):
    return min((c for c in edges.live[response[2]] if c["id"] in response[4]), key=lambda c: (c["from"], c["id"]))


def start_of(graph, edges, response):
    """Returns when a response began, else when it became known."""
    start = graph.event(response[2], edges.at)["hull"][0]
    return start if start > float("-inf") else first_claim(edges, response)["from"]


def answers_proposal(edges, response, event):
    """Whether a response answers an event: it does not if that only announces what is proposed."""
    proposes = any(edges.modality[a[1]] == "PROPOSED" for a in edges.announced[event])
    return response[1] != event or edges.modality[event] == "PROPOSED" or not proposes


def is_answer_of(graph, edges, event, actor):
    """Whether an event is an answer of an actor: it, or who acts on its behalf, is INITIATOR or SPEAKER there."""
    state = graph.event(event, edges.at)
    if state["modality"] not in ("OCCURRED", "ONGOING") or state["status"] == "DENIED":
        return False
    for p in edges.participants[event]:
        if p[1] in ("INITIATOR", "SPEAKER") and state["participants"][f"{p[0]} {p[1]}"] != "DENIED":
            ties = [a for a in graph.affiliations(p[0], edges.at) if a["holder"] == p[0]]
            if actor in (p[0], p[4]) or any(
                    a["counterpart"] == actor and a["affiliationType"] in ("REPRESENTATION", "OFFICE")
                    and overlap(a["hull"], state["hull"]) for a in ties):
                return True
    return False


def overlap(a, b):
    return a[0] < b[1] and b[0] < a[1]
