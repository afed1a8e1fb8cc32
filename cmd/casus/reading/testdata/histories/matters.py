"""Finds where live claims about an event disagree, as docs/model.md tells it under Disagreements.

A matter has claims that speak to it. What a claim says is a function from an answer to whether the claim fits it, and a
side is an answer with all claims that fit it: the naive way tries every answer that can make a difference.
"""
from collections import defaultdict
from itertools import combinations

import networkx as nx

FOREVER = float("inf")
POSITIVE = ("ASSERTS", "CONFIRMS")
NONE = "none of what is stated"  # the answer of who only denies


def disagreements(graph, live, modality):
    """Returns a list of [aspect, matter, sides], a side being [denies, voices, claims], each as the API has it."""
    found = []
    for aspect, matter, says, answers in matters(graph, live, modality):
        sides = sides_of(counting(says), answers)
        if len(sides) > 1:
            found.append([aspect, matter, sorted(sides)])
    return sorted(found)


def matters(graph, live, modality):
    """Yields an aspect, a matter, what each claim says of it as (claim, fits, states), and answers to try."""
    if modality in ("OCCURRED", "ONGOING"):
        real = [c for c in live if c.get("modality", modality) in ("OCCURRED", "ONGOING")]
    else:
        real = live
    of = [c for c in live if c["aspect"] == "OCCURRENCE"]
    yield "OCCURRENCE", "", [yes(c) if positive(c) else no(c) for c in of], [True, NONE]
    yield from participations(graph, live)
    yield from figures(graph, real)
    yield from times(real)
    yield from places(graph, real)
    yield from characterizations(live)


def positive(c):
    return c["stance"] in POSITIVE


def denials(claims, aspect):
    return [c for c in claims if c["aspect"] == aspect and c["stance"] in ("DENIES", "DISPUTES")]


def yes(c):
    return c, lambda answer: answer is True, True


def no(c):
    return c, lambda answer: answer is NONE, False


def participations(graph, live):
    def parts(c):
        return {(graph.of(p["actor"]), p["role"]) for p in c.get("participants", [])}

    denying = denials(live, "PARTICIPATION")
    for part in sorted(set().union(*map(parts, live))):
        says = [yes(c) for c in live if positive(c) and part in parts(c)]
        says += [no(c) for c in denying if part in parts(c)]
        yield "PARTICIPATION", " ".join(part), says, [True, NONE]


def figures(graph, live):
    numbers = {c["id"]: graph.numbers(c) for c in live}
    denying = denials(live, "FIGURES")
    for quantity in sorted(set().union(*numbers.values())):
        says, answers = [], {0, NONE}
        for c in live:
            if quantity in numbers[c["id"]] and (positive(c) or c in denying):
                low, _, high = numbers[c["id"]][quantity]
                high = FOREVER if high is None else high
                answers |= {low, high + 1}
                says.append(between(c, low, high + 1))
            elif c in denying and not numbers[c["id"]]:
                says.append(no(c))
        yield "FIGURES", " ".join(quantity).strip(), says, answers


def times(live):
    says, answers = [], {-FOREVER, NONE}
    denying = denials(live, "TIME")
    for c in live:
        if "time" in c and (positive(c) or c in denying):
            first, end = c["hull"]
            end = max(end, first + 1)  # an instant
            answers |= {first, end}
            says.append(between(c, first, end))
        elif c in denying:
            says.append(no(c))
    yield "TIME", "", says, answers


def between(c, low, high):
    """What a claim says that states a range, which excludes the high end, or denies it."""
    if c["stance"] == "DENIES":
        return c, lambda answer: answer is NONE or not low <= answer < high, False
    return c, lambda answer: answer is not NONE and low <= answer < high, True


def places(graph, live):
    denying = denials(live, "PLACE")
    for role in ("VENUE", "TARGET", "ORIGIN"):
        says, answers = [], {NONE}
        for c in live:
            known = [p for p in c.get("locations", []) if p.get("precision") != 7]
            at = {graph.of(p["location"]) for p in known if p["role"] == role}
            if positive(c) and at:
                answers |= at
                says.append((c, lambda answer, at=at: any(graph.lies(answer, p) for p in at), True))
            elif c in denying and at:
                says.append((c, lambda answer, at=at: not any(graph.lies(answer, p) for p in at), False))
            elif c in denying and not known:
                says.append(no(c))
        yield "PLACE", role, says, answers


def texts(c, titles=True):
    quote = c.get("quote", {})
    words = c.get("titles", []) if titles else []
    if not words and quote:
        words = [quote["text"], *quote.get("translations", [])]
    return {(w if isinstance(w, str) else w["value"]).lower() for w in words}


def characterizations(live):
    of = [c for c in live if c["aspect"] == "CHARACTERIZATION"]
    stating = [c for c in of if c["stance"] != "DENIES" and texts(c)]
    one = nx.Graph()
    for c in stating:
        nx.add_path(one, [("claim", c["id"]), *(("text", t) for t in sorted(texts(c)))])
        nx.add_star(one, [("claim", c["id"]), *(("voice", v) for v in c["voices"])])
    name = {node: min(members) for members in nx.connected_components(one) for node in members}
    says, answers = [], {NONE}
    for c in of:
        if c in stating:
            own = name["claim", c["id"]]
            answers.add(own)
            says.append((c, lambda answer, own=own: answer == own, True))
        elif c.get("titles") and c["stance"] == "DENIES":
            denied = {name.get(("text", t)) for t in texts(c)}
            says.append((c, lambda answer, denied=denied: answer not in denied, False))
        elif not positive(c):
            says.append(no(c))
    yield "CHARACTERIZATION", "", says, answers


def counting(says):
    """Returns what counts on a matter, as (claim, fits, states, voices): the latest claims of each voice."""
    human = [s for s in says if not s[0]["machine"]] or says
    latest = defaultdict(int)
    for c, _, _ in human:
        for v in c["voices"]:
            latest[v] = max(latest[v], c["from"])
    of_voice = [(c, fits, states, {v for v in c["voices"] if c["from"] == latest[v]}) for c, fits, states in human]
    return [s for s in of_voice if s[3] or not s[0]["voices"]]  # a claim without a voice counts by itself


def sides_of(says, answers):
    """Returns the sides that are not contained in another one, none if no two claims exclude each other."""
    sides = {frozenset(s[0]["id"] for s in says if s[1](answer)) for answer in answers}
    maximal = [side for side in sides if side and not any(side < other for other in sides)]
    if not any(excludes(c, d, maximal) for (c, *_), (d, *_) in combinations(says, 2)):
        return []
    result = []
    for side in maximal:
        on = [s for s in says if s[0]["id"] in side]
        result.append([not any(positive(s[0]) for s in on), sorted(set().union(*(s[3] for s in on))),
                       [s[0]["id"] for s in sorted(on, key=lambda s: (s[0]["from"], s[0]["id"]))]])
    return result


def excludes(c, d, sides):
    """Whether two claims are on no side together, unless one voice says both at one moment."""
    together = any(c["id"] in side and d["id"] in side for side in sides)
    return not together and not (c["from"] == d["from"] and c["voices"] & d["voices"])
