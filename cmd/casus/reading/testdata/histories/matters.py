"""Finds where live claims about an event disagree, as docs/model.md tells it under Disagreements.

A claim that speaks to a matter is paired with a function that tells whether it fits an answer. A side is an answer with
all claims that it fits: the naive way tries every answer that can make a difference.
"""
from itertools import combinations

import networkx as nx

FOREVER = float("inf")
POSITIVE = ("ASSERTS", "CONFIRMS")
HAPPENED = ("OCCURRED", "ONGOING")
NONE = "none of what is stated"  # the answer of who only denies


def disagreements(graph, live, modality):
    """Returns a list of [aspect, matter, sides], a side being [denies, voices, claims], each as the API has it."""
    found = []
    for aspect, matter, claims, read in matters(graph, live, modality):
        counting = latest_of_voices(claims)
        sides = sides_of(counting, *read(counting))
        if sides:
            found.append([aspect, matter, sorted(sides)])
    return sorted(found)


def matters(graph, live, modality):
    """Yields an aspect, a matter, the claims that speak to it, and a function that returns what the ones of these that
    count say, with the answers to try."""
    def plan(c):
        return modality in HAPPENED and c.get("modality", "OCCURRED") not in HAPPENED

    yield "OCCURRENCE", "", [c for c in live if c["aspect"] == "OCCURRENCE"], yes_or_no
    parts = {c["id"]: {(graph.of(p["actor"]), p["role"]) for p in c.get("participants", [])} for c in live}
    for part in set().union(*parts.values()):
        of = [c for c in live if part in parts[c["id"]] and (positive(c) or denies(c, "PARTICIPATION"))]
        yield "PARTICIPATION", " ".join(part), of, yes_or_no
    numbers = {c["id"]: graph.numbers(c) for c in live}
    for quantity in set().union(*numbers.values()):
        def of_numbers(counting, quantity=quantity):
            return ranges(counting, lambda c: numbers[c["id"]].get(quantity) and limits(*numbers[c["id"]][quantity]))
        of = [c for c in live if quantity in numbers[c["id"]] and not plan(c) and (positive(c) or denies(c, "FIGURES"))
              or denies(c, "FIGURES") and not numbers[c["id"]]]
        yield "FIGURES", " ".join(quantity).strip(), of, of_numbers
    of = [c for c in live if "time" in c and not plan(c) and (positive(c) or denies(c, "TIME"))
          or denies(c, "TIME") and "time" not in c]
    yield "TIME", "", of, lambda counting: ranges(counting, lambda c: "time" in c and c["hull"])
    for role in ("VENUE", "TARGET", "ORIGIN"):
        at = {c["id"]: {graph.of(p["location"]) for p in c.get("locations", [])
                        if p["role"] == role and p.get("precision") != 7} for c in live}
        of = [c for c in live if at[c["id"]] and not plan(c) and (positive(c) or denies(c, "PLACE"))
              or denies(c, "PLACE") and not c.get("locations")]
        yield "PLACE", role, of, lambda counting, at=at: places(graph, counting, at)
    of = [c for c in live if c["aspect"] == "CHARACTERIZATION" and (texts(c) or not positive(c))]
    yield "CHARACTERIZATION", "", of, characterizations


def positive(c):
    return c["stance"] in POSITIVE


def denies(c, aspect):
    return c["aspect"] == aspect and c["stance"] in ("DENIES", "DISPUTES")


def latest_of_voices(claims):
    """Returns the claims that count, each with the voices of which it is the latest: a machine's only without others."""
    human = [c for c in claims if not c["machine"]] or claims
    latest = {v: max(c["from"] for c in human if v in c["voices"]) for c in human for v in c["voices"]}
    of_voice = [(c, {v for v in c["voices"] if c["from"] == latest[v]}) for c in human]
    return [(c, voices) for c, voices in of_voice if voices or not c["voices"]]  # without a voice it counts by itself


# What claims say: a function for each that tells whether it fits an answer, and the answers to try.

def only_none(answer):
    return answer is NONE


def yes_or_no(counting):
    return [(lambda answer: answer is True) if positive(c) else only_none for c, _ in counting], [True, NONE]


def limits(low, best, high):
    return low, FOREVER if high is None else high + 1


def ranges(counting, range_of):
    """Of ranges the first number, and the first one after a denied range, are enough answers."""
    says, answers = [], {-FOREVER, NONE}
    for c, _ in counting:
        if not (stated := range_of(c)):
            says.append(only_none)
            continue
        low, end = stated
        answers |= {low, end}
        if c["stance"] == "DENIES":
            says.append(lambda answer, low=low, end=end: answer is NONE or not low <= answer < end)
        else:
            says.append(lambda answer, low=low, end=end: answer is not NONE and low <= answer < end)
    return says, answers


def places(graph, counting, at):
    says, answers = [], {NONE}
    for c, _ in counting:
        def fits(answer, c=c):
            lies = any(graph.lies(answer, p) for p in at[c["id"]])
            return lies if positive(c) else not lies

        if positive(c):
            answers |= at[c["id"]]
        says.append(fits if at[c["id"]] else only_none)
    return says, answers


def texts(c):
    """Returns the words by which a claim characterizes an event or, as a denial, its titles."""
    quote, words = c.get("quote"), c.get("titles", [])
    if not words and quote and c["stance"] != "DENIES":
        words = [quote["text"], *quote.get("translations", [])]
    return {w.lower() for w in words}


def characterizations(counting):
    """Characterizations are one if they share a text or are by the same voices, also through others."""
    one = nx.Graph()
    for c, voices in counting:
        if texts(c):
            by = c["stance"] == "DENIES", *sorted(voices or [c["id"]])
            one.add_edges_from((("claim", c["id"]), key) for key in [by, *(("text", t) for t in texts(c))])
    name = {node: min(map(str, members)) for members in nx.connected_components(one) for node in members}
    says, answers = [], {NONE}
    for c, _ in counting:
        own = name.get(("claim", c["id"]))
        answers.add(own)
        if own is None:
            says.append(only_none)
        elif c["stance"] == "DENIES":
            says.append(lambda answer, own=own: answer != own)
        else:
            says.append(lambda answer, own=own: answer == own)
    return says, answers - {None}


# Sides

def sides_of(counting, says, answers):
    """Returns the sides that are not contained in another one, none if no two claims exclude each other."""
    sides = {frozenset(c["id"] for (c, _), fits in zip(counting, says) if fits(answer)) for answer in answers}
    maximal = [side for side in sides if side and not any(side < other for other in sides)]
    together = {frozenset(pair) for side in sides for pair in combinations(side, 2)}
    # One voice does not exclude itself: both are its latest only if they are of one moment.
    if not any(frozenset((c["id"], d["id"])) not in together and not voices & others
               for (c, voices), (d, others) in combinations(counting, 2)):
        return []
    result = []
    for side in maximal:
        on = [(c, voices) for c, voices in counting if c["id"] in side]
        ids = [c["id"] for c in sorted((c for c, _ in on), key=lambda c: (c["from"], c["id"]))]
        result.append([not any(positive(c) for c, _ in on), sorted(set().union(*(voices for _, voices in on))), ids])
    return result

