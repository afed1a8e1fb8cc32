"""Checks what became of a model's answers, apart from Casus: check.py PROPOSALS CACHE.

It reads the files that `casus extract` wrote about articles of one window each, and the answers in its cache. It prints
faults, and of each article the numbers of entries, of refusals by reason, and of what entered.
"""
import collections
import hashlib
import json
import pathlib
import re
import sys
import unicodedata

PARTS = {"parties": {"actors", "places", "ties"}, "events": {"events", "links"}, "claims": {"claims"}}
# What an article can say. Nothing of it withdraws, replaces or merges anything.
FIELDS = {
    "actor": "type id kind names country source",
    "location": "type id kind names country within source",
    "document": "type id titles language publisher publishedAt url sha256 text",
    "event": "type id titles category modality time participants locations partOf respondsTo announces document claims",
    "affiliation": "type holder counterpart affiliationType position document claims",
    "claim": "stance aspect claimants time figures participants locations statedAt quote confidence spans extractions",
}
STANCES = {None, "ASSERTS", "CONFIRMS", "DENIES", "DISPUTES"}
# The fields that identify an entry when it comes again, mended.
IDENTITY = {
    "actors": ["key"], "places": ["key"], "ties": ["holder", "of", "type", "sentence"],
    "links": ["event", "kind", "other"], "claims": ["event", "sentences"],
}

faults = 0


def check(holds, *message):
    global faults
    if not holds:
        faults += 1
        print("FAULT", *message)


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def canonical(value):
    return json.dumps(value, sort_keys=True)


def words(text):
    """Returns the words of a text without case and diacritics."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return re.findall(r"\w+", plain)


def alike(a, b):
    """Reports whether two words may be forms of one: they have three letters in a row in common."""
    n = min(3, len(a), len(b))
    return any(a[i : i + n] in b for i in range(len(a) - n + 1))


def stands(name, text, same=str.__eq__):
    """Reports whether the words of a name stand in a text, one after another."""
    sought, found = words(name), words(text)
    places = range(len(found) - len(sought) + 1)
    return sought != [] and any(all(map(same, sought, found[at:])) for at in places)


def flags_of(item):
    return {flag["code"] for flag in item.get("flags") or []}


class Article:
    """The files of one article."""

    def __init__(self, folder, name, cache):
        def read(end):
            return json.loads((folder / f"{name}{end}").read_text(encoding="utf-8"))

        self.name = name
        self.records = lines(folder / f"{name}.proposal.jsonl")
        self.refused = lines(folder / f"{name}.refused.jsonl")
        self.form, self.items, self.run = read(".form.json"), read(".review.json")["items"], read(".run.json")
        self.document = next(r for r in self.records if r["type"] == "document")
        self.answers = []  # the lists of each, and whether it mends entries
        for end, expected in self.run["outputs"].items():
            found = sha256((folder / f"{name}{end}").read_bytes())
            self.check(found == expected, end, "has another hash in the account")
        for call in self.run["interview"]["calls"]:
            content = json.loads((cache / f"{call['questionSha256']}.json").read_text(encoding="utf-8"))["content"]
            self.check(sha256(content.encode()) == call["answerSha256"], "the cache has another answer")
            answer = json.loads(re.search(r"\{.*\}", content, re.DOTALL)[0])  # it may stand in a fenced block
            self.check(set(answer) == PARTS[call["part"]], "the cache has a part of an answer")
            self.answers.append((answer, call["purpose"] == "refused"))

    def check(self, holds, *message):
        check(holds, self.name + ":", *message)

    def check_records(self):
        """Checks that every span and every name stands in the text, and that nothing is withdrawn."""
        text = self.document["text"]
        self.check(sha256(text.encode()) == self.document["sha256"], "the text has another hash")
        flags = {item.get("id"): flags_of(item) for item in self.items}
        for r in self.records:
            self.check(set(r) <= set(FIELDS.get(r["type"], "").split()), "the fields of", r)
            if r["type"] in ("actor", "location") and r["id"] != self.document.get("publisher"):
                name = r["names"][0]["value"]
                same = alike if "NAME_INFLECTED" in flags[r["id"]] else str.__eq__
                self.check(stands(name, text, same), "the name", repr(name), "does not stand in the text")
            for c in r.get("claims", []):
                self.check(set(c) <= set(FIELDS["claim"].split()), "the fields of", c)
                self.check(c.get("stance") in STANCES, "the stance of", c)
                for s in c["spans"]:
                    found = text[s["start"] : s["end"]]
                    self.check(s["exact"] and found == s["exact"], repr(s["exact"]), "does not stand at", s["start"])
                exact = [s["exact"] for s in c["spans"]]
                self.check(exact and c["quote"]["text"] == " … ".join(exact), "the quote is not the words of", c)

    def check_flags(self):
        """Checks that times and numbers without support in the text are flagged. (They are not refused.)"""
        said = {e["key"]: e["timeWords"] for e in self.form["events"] if "timeWords" in e}
        for item in self.items:
            record = self.records[item["record"] - 1] if item.get("record") else {}
            if item["type"] == "event" and "time" in record:
                words_ = said[item["key"]]
                supported = words_ is not None and stands(words_, self.document["text"])
                doubted = flags_of(item) & {"TIME_UNSUPPORTED", "TIME_WORDS_ABSENT"}
                self.check(supported or doubted, "no doubt about the time of", record)
            if item["type"] == "claim":
                sentences = " ".join(s["text"] for s in item["sentences"])
                digits = re.findall(r"\d+", "".join(str(unicodedata.digit(c, c)) for c in sentences))
                for figure in record["claims"][item["claim"] - 1].get("figures", []):
                    best = figure.get("best") or 0
                    supported = best <= 100 or str(best) in digits  # small numbers may stand in words
                    self.check(supported or "NUMBER_ABSENT" in flags_of(item), "no doubt about the number", best)

    def refused_entries(self):
        """Returns the entries of the form that are refused as a whole, by list and position."""
        found = set()
        for r in self.refused:
            self.check(r.get("reason", "").strip() and r.get("raw"), "a refusal without a reason or an entry:", r)
            of_field = r.get("field") and r["reason"].startswith("left out")
            own = self.form[r["list"]][r["entry"] - 1 : r["entry"]]
            if not of_field and canonical(own) == canonical([r["raw"]]):
                found.add((r["list"], r["entry"]))
        return found

    def entered(self):
        """Counts what entered, by list of the form."""
        keyed = collections.Counter(item["type"] for item in self.items if "key" in item)
        others = collections.Counter(item["type"] for item in self.items)
        links = sum(len(r.get("respondsTo", [])) + len(r.get("announces", [])) for r in self.records)
        return {
            "actors": keyed["actor"], "places": keyed["location"], "ties": others["affiliation"],
            "events": keyed["event"], "links": links, "claims": others["claim"],
        }

    def check_entries(self):
        """Checks that every entry of every answer has entered or is refused, unless a mended one replaces it."""
        refused = collections.Counter(list_ for list_, _ in self.refused_entries())
        for list_, count in self.entered().items():
            total = len(self.form[list_])
            message = f"{total} {list_}, of which {refused[list_]} are refused and {count} entered"
            self.check(total == refused[list_] + count, message)
        known = {canonical(entry) for entries in self.form.values() for entry in entries}
        mended = {
            self.identity(list_, entry)
            for answer, mends in self.answers if mends
            for list_, entries in answer.items() for entry in entries if canonical(entry) in known
        }
        known |= {canonical(r["raw"]) for r in self.refused}
        for answer, _ in self.answers:
            for list_, entries in answer.items():
                for entry in entries:
                    traced = canonical(entry) in known or self.identity(list_, entry) in mended
                    self.check(traced, "an entry that neither entered nor was refused:", list_, entry)

    @staticmethod
    def identity(list_, entry):
        return canonical([list_] + [entry.get(field) for field in IDENTITY.get(list_, [])])

    def print(self):
        entries = sum(len(all_) for answer, _ in self.answers for all_ in answer.values())
        entered = ", ".join(f"{n} {list_}" for list_, n in self.entered().items() if n)
        print(f"{self.name}: {len(self.answers)} answers with {entries} entries; entered: {entered or 'nothing'};",
              len(self.refused), "refusals")
        reasons = collections.Counter((r["list"], kind(r["reason"])) for r in self.refused)
        for (list_, reason), n in reasons.most_common():
            print(f"  {n} {list_}: {reason}")


def kind(reason):
    """Returns a reason without its numbers, and without what it says of one entry."""
    return re.sub(r"\d+", "N", reason.removeprefix("left out: ").split(":")[0])


def main():
    folder, cache = map(pathlib.Path, sys.argv[1:])
    for path in sorted(folder.glob("*.proposal.jsonl")):
        article = Article(folder, path.name.removesuffix(".proposal.jsonl"), cache)
        article.check_records()
        article.check_flags()
        article.check_entries()
        article.print()
    print(f"{faults} faults")
    sys.exit(faults > 0)


main()
