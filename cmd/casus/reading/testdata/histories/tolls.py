"""Derives the numbers of events, as docs/model.md tells it under Toll."""
from collections import defaultdict

from times import FOREVER, instant

POSITIVE = ("ASSERTS", "CONFIRMS")


class Tolls:
    """What follows from figures. The graph names the class of an actor."""

    @staticmethod
    def number(f):
        """Returns low, best and high of a figure, None if it does not count."""
        q, best = f.get("qualifier", "EXACT"), f.get("best")
        if best is None and "low" not in f and "high" not in f:
            return None
        low, high = f.get("low"), f.get("high")
        if best is not None and low is None and q != "AT_MOST":
            low = best
        if best is not None and high is None and q != "AT_LEAST":
            high = best
        if q == "AT_MOST" and low is None:
            low = 0
        return low, best, high

    def numbers(self, c):
        """Returns what a claim states by quantity: for TOTAL its own number or the sum of its populations."""
        own, parts = {}, defaultdict(list)
        for f in c.get("figures", []):
            n, population = self.number(f), f.get("population", "TOTAL")
            if n is None:
                continue
            unit = f.get("unit", "").lower()
            own[f["kind"], population, unit] = n
            if population != "TOTAL":
                parts[f["kind"], unit].append(n)
        for (kind, unit), all in parts.items():
            if (kind, "TOTAL", unit) not in own:
                bests = [n[1] if n[1] is not None else n[0] for n in all]
                highs = [n[2] for n in all]
                own[kind, "TOTAL", unit] = (
                    sum(n[0] for n in all), sum(bests) if any(n[1] is not None for n in all) else None, None if None in highs else sum(highs))
        return own

    def combine(self, numbers):
        """Returns low, best, high and agreed of what claims state, the latest last."""
        bests = [n[1] for n in numbers if n[1] is not None]
        highs = [n[2] for n in numbers]
        return [
            min(n[0] for n in numbers), bests[-1] if bests else None, None if None in highs else max(highs),
            len(set(bests)) <= 1]

    def toll(self, positive):
        stated = defaultdict(list)
        for c in positive:
            for quantity, n in self.numbers(c).items():
                stated[quantity].append((c["machine"], n))
        toll = {}
        for quantity, all in stated.items():
            counting = [n for machine, n in all if not machine] or [n for _, n in all]
            toll[" ".join(quantity).strip()] = self.combine(counting)
        return toll

    def toll_history(self, claims, at):
        """Returns the versions of what each source says of each quantity, up to a moment."""
        stated = defaultdict(list)
        for c in claims:
            if c["stance"] in POSITIVE and c["from"] < c["to"]:
                for quantity, n in self.numbers(c).items():
                    source = quantity, c.get("document"), tuple(sorted({self.of(a) for a in c.get("claimants", [])}))
                    stated[source].append((c, n))
        versions = []
        for (quantity, document, claimants), all in stated.items():
            moments = sorted({c["from"] for c, _ in all} | {c["to"] for c, _ in all if c["to"] <= at})
            for begin, end in zip(moments, moments[1:] + [FOREVER]):
                live = [(c, n) for c, n in all if c["from"] <= begin < c["to"]]
                if live:
                    low, best, high, _ = self.combine([n for _, n in live])
                    versions.append([" ".join(quantity).strip(), document, list(claimants), instant(begin), instant(end),
                                     low, best, high, sorted(c["id"] for c, _ in live)])
        return sorted(versions, key=repr)
