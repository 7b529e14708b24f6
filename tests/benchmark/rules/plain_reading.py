"""A second, plain reading of the rules: one pair at a time, no columns, no shared code.

It was written from the specification alone, so that a slip in the one reading is not repeated in
the other. Claims are read for figures of one polarity.
"""

from calendar import monthrange
from fractions import Fraction
from math import sqrt

PERSON = {"residents", "internet_users", "service_users", "needed_help"}
SURVEY = {
    "web": "self",
    "paper": "self",
    "phone": "interviewer",
    "f2f": "interviewer",
    "web+phone": "mixed",
}
CLASS = {
    "percent": "share",
    "fraction": "share",
    "score_0_100": "score",
    "index_0_1": "score",
    "rank": "rank",
    "pp": "change_pp",
    "rel_change_percent": "change_rel",
    "count": "count",
    "net_points": "net_points",
}
SCALE = {"fraction": 100, "index_0_1": 100}
Z = 1.959964


def span(text):
    """Give start and end in decimal years, exactly."""

    def point(part):
        numbers = [int(piece) for piece in part.split("-")]
        year, month = numbers[0], numbers[1] if len(numbers) > 1 else None
        if month is None:
            return Fraction(year), Fraction(year + 1)
        start = year + Fraction(month - 1, 12)
        if len(numbers) == 2:
            return start, start + Fraction(1, 12)
        days = monthrange(year, month)[1]
        day = start + Fraction(numbers[2] - 1, 12 * days)
        return day, day + Fraction(1, 12 * days)

    first, _, last = text.partition("/")
    return point(first)[0], point(last or first)[1]


def decimals(figure):
    if figure.get("decimals") is not None:
        return int(figure["decimals"])
    return len(repr(figure["value"]).partition(".")[2])


def common(figure):
    """Value and half a unit of its last digit, in percent or points of a hundred."""
    factor = SCALE.get(figure["unit"], 1)
    value = Fraction(str(figure["value"])) * factor
    return value, Fraction(factor, 2 * 10 ** decimals(figure))


def judge(a, b):
    """Return {rule: severity} for a pair."""
    found = {}

    def fire(rule, severity, when=True):
        if when and "ICN".index(severity) >= "ICN".find(found.get(rule, "I")):
            found[rule] = severity

    sides = (a, b)
    known = lambda key: all(s.get(key) is not None for s in sides)  # noqa: E731
    some = lambda key: any(s.get(key) is not None for s in sides)  # noqa: E731
    equal = lambda key: known(key) and a[key] == b[key]  # noqa: E731
    differ = lambda key: known(key) and a[key] != b[key]  # noqa: E731

    # stage 1
    if not (known("unit") and known("concept")):
        fire("C00", "N")
    elif not all(known(k) for k in ("country", "base", "programme", "direction")):
        fire("C00", "C")
    classes = [CLASS.get(s.get("unit")) for s in sides]
    odd = any(s.get("unit") is not None and s["unit"] not in CLASS for s in sides)
    if odd or (known("unit") and classes[0] != classes[1]):
        fire("C01", "N")
    families = [s["concept"].split(".")[0] if s.get("concept") else None for s in sides]
    if known("concept") and families[0] != families[1]:
        fire("C05", "N")
    for s in sides:
        codes = set(s.get("obs_status") or ())
        if codes & set("OMLHQK") or s.get("value") is None:
            fire("C35", "N")
        elif codes & set("FUG"):
            fire("C35", "C")
        elif codes & set("PEIVWSDJN"):
            fire("C35", "I")
        if s.get("source_type") in (None, "press_release", "secondary"):
            fire("C39", "I")
    if found.get("C00") == "N" or "C01" in found or "C05" in found or found.get("C35") == "N":
        return found

    # derived
    geo, same_country = differ("country"), equal("country")
    same_prog = equal("programme")
    same_instr = same_prog and equal("wave")
    same_concept = a["concept"] == b["concept"]
    spans = [span(s["period"]) if s.get("period") else None for s in sides]
    mids = [sum(p) / 2 if p else None for p in spans]
    tmp = same_country and same_concept and None not in mids and mids[0] != mids[1]
    later, earlier = (b, a) if tmp and mids[1] > mids[0] else (a, b)
    is_survey = [
        s["mode"] in SURVEY if s.get("mode") is not None else s.get("base") in PERSON for s in sides
    ]
    surveys = all(is_survey)
    kind = classes[0]
    ranks = kind == "rank"

    opposite = differ("direction") and same_concept
    exact = all(s.get("complement_exact") is True for s in sides)
    fire("C02", "I", a["unit"] != b["unit"])
    fire("C03", "I", opposite and exact)
    fire("C04", "N", opposite and not exact)
    c42 = not same_concept and all(
        equal(k) for k in ("question", "programme", "base", "period", "country")
    )
    fire("C42", "I", c42)
    fire("C06", "N", not same_concept and not c42)
    fire("C07", "N", differ("base"))
    fire("C08", "C", equal("base") and a.get("base_filter") != b.get("base_filter"))

    # who
    if all(s.get("base") in PERSON for s in sides):
        ages = [s.get("age") for s in sides]
        if None in ages:
            fire("C09", "C", not (ages == [None, None] and same_instr))
            open_end = any(age is not None and None in age for age in ages)
            fire("C09", "C", open_end)
        elif any(None in age for age in ages):
            fire("C09", "C")
        else:
            sets = [set(range(int(lo), int(hi) + 1)) for lo, hi in ages]
            share = Fraction(len(sets[0] & sets[1]), len(sets[0] | sets[1]))
            if share < Fraction(1, 2):
                fire("C09", "N")
            elif share < Fraction(95, 100):
                fire("C09", "C")
            elif share < 1:
                fire("C09", "I")

    # when
    if None in mids:
        fire("C10", "C", not (mids == [None, None] and same_instr))
    elif geo:
        gap = abs(mids[0] - mids[1])
        if gap > 3:
            fire("C10", "N")
        elif gap > 1:
            fire("C10", "C")
        elif gap > Fraction(1, 4):
            fire("C10", "I")
    if None not in spans and not any(is_survey):
        lengths = sorted(end - start for start, end in spans)
        fire("C11", "C", lengths[1] >= 2 * lengths[0])
    if tmp:
        months = [set(range(int(start * 12 // 1), -int(-end * 12 // 1))) for start, end in spans]
        fire("C12", "C", bool(months[0] & months[1]))

    # instrument
    modes = [s.get("mode") for s in sides]
    if None not in modes:
        if is_survey[0] != is_survey[1] or (not surveys and modes[0] != modes[1]):
            fire("C13", "N")
        elif surveys and SURVEY[modes[0]] != SURVEY[modes[1]]:
            fire("C13", "C")
    elif modes != [None, None]:
        fire("C13", "C", not surveys)
    if surveys:
        fire("C14", "C", same_concept and differ("question"))
        fire("C15", "C", differ("scale"))
        fire("C16", "N", differ("topbox") and not opposite and not c42)
        fire("C17", "C", differ("dk"))
        five = ("mode", "question", "scale", "topbox", "dk")
        gaps = [k for k in five if not known(k)]
        both_unknown = same_instr and (not some("age") or not some("period"))
        if gaps or both_unknown:
            fire("C18", "I" if same_instr and not any(some(k) for k in gaps) else "C")
        sizes = [
            s["n"] if s.get("n") is not None and s.get("n_role") == "base" else None for s in sides
        ]
        fire("C19", "C", None in sizes)
        if kind == "share":
            for s, n in zip(sides, sizes, strict=True):
                if n is None:
                    continue
                effective = n / (s.get("deff") or 1)
                p = float(common(s)[0]) / 100
                half = Z * sqrt(p * (1 - p) / effective + Z * Z / (4 * effective**2))
                width = 2 * half / (1 + Z * Z / effective) * 100
                if effective < 30 or width > 30:
                    fire("C20", "N")
                elif effective < 100:
                    fire("C20", "C")
        fire("C23", "C", differ("sampling"))
        if not differ("sampling"):
            if not known("sampling"):
                fire("C24", "I" if same_instr and not some("sampling") else "C")
            elif a["sampling"] == "nonprobability":
                fire("C24", "I")
        fire("C36", "C", differ("programme") and not equal("harmonised_to"))
        attitudes = all(s.get("attitudinal") is True for s in sides)
        fire("C37", "I", geo and attitudes and (same_prog or equal("harmonised_to")))

    # where
    scopes = [s.get("geo_scope") or "national" for s in sides]
    partial = [scope in ("subnational", "selected_best") for scope in scopes]
    c26 = partial[0] != partial[1] or (all(partial) and scopes[0] != scopes[1])
    fire("C26", "N", c26)
    fire("C27", "I", not c26 and (scopes[0] == "aggregate") != (scopes[1] == "aggregate"))

    # ranks
    if ranks and same_concept:
        same_size = equal("pool_size")
        fire("C28", "C", not same_size)
        fire("C29", "C", same_size and not equal("pool_id"))
        fire("C32", "C", not all(s.get("score_known") is True for s in sides))
        fire("C34", "I", not equal("tie"))

    # method
    broken = False
    if same_prog:
        if tmp:
            low, high = sorted(mids)
            years = {y for s in sides for y in s.get("series_breaks") or ()}
            broken = any(low < y <= high for y in years) or "B" in (later.get("obs_status") or ())
        declared = any(s.get("version_break") is True for s in sides)
        broken = broken or (differ("method_version") and declared)
        fire("C30", "N", broken)
        versions = [s.get("method_version") for s in sides]
        lacking = versions.count(None)
        fire(
            "C31",
            "C",
            not broken and (differ("method_version") or lacking == 1 or (lacking == 2 and tmp)),
        )

    fire("C38", "I", same_country and equal("underlying"))

    # two values
    share_or_score = kind in ("share", "score")
    if share_or_score:
        (va, ra), (vb, rb) = common(a), common(b)
        r = ra + rb
        if opposite and exact:
            vb = 100 - vb
        d = abs(va - vb)
        same = all(equal(k) for k in ("country", "concept", "base", "period", "direction"))
        same = same and scopes[0] == scopes[1] and a.get("area") == b.get("area")
        same = same and not differ("topbox")
        same = same and all(a.get(k) == b.get(k) for k in ("age", "base_filter"))
        if any(partial) and not known("area"):
            same = False
        if same and d > r:
            revised = same_prog and differ("vintage")
            fire("C44", "I", revised)
            fire("C40", "C", not revised)

    if tmp:
        ends = sorted(end for _, end in spans)
        order = sorted(range(2), key=lambda k: mids[k])
        ends = [spans[order[0]][1], spans[order[1]][1]]
        for s in sides:
            for day in s.get("events") or ():
                start = span(day)[0]
                if ends[0] <= start < ends[1]:
                    fire("C43", "I")

    # stage 3
    if "N" not in found.values():
        if surveys and kind == "share" and None not in sizes:
            pa, pb = float(va) / 100, float(vb) / 100
            errors = [
                sqrt(p * (1 - p) * (s.get("deff") or 1) / n)
                for p, s, n in ((pa, a, sizes[0]), (pb, b, sizes[1]))
            ]
            se = sum(errors) if c42 else sqrt(sum(e * e for e in errors))
            gap = abs(pa - pb)
            fire("C21", "C", gap < Z * se or gap == 0)
            fire("C22", "I", not known("deff"))
        if share_or_score:
            if d == 0:
                fire("C25", "I")
            elif d <= r:
                fire("C25", "C")
            elif r / d >= Fraction(1, 10):
                fire("C25", "I")
        if ranks and same_concept and equal("pool_size"):
            fire("C33", "I", abs(a["value"] - b["value"]) * 10 <= a["pool_size"])

    if share_or_score:
        for s in sides:
            if s.get("claim"):
                new = later if tmp else s
                old = earlier if tmp else (b if s is a else a)
                fire("C41", claim(s["claim"], old, new, kind))
    return found


def claim(said, old, new, kind):
    """Return the severity of C41 for one claim."""
    if said.get("about") == "count" and kind == "share":
        return "C"
    (v0, r0), (v1, r1) = common(old), common(new)
    value = Fraction(str(said["value"]))
    step = said.get("step")
    if step is None:
        step = 10 if said["unit"] == "rel_change_percent" and value % 10 == 0 else 1
    step = Fraction(str(step))
    low, high, low_in, high_in = {
        "exact": (value - step / 2, value + step / 2, True, True),
        "about": (value - step / 2, value + step / 2, True, True),
        "almost": (value - step / 2, value, True, False),
        "over": (value, value + step / 2, False, True),
        "up_to": (value - step / 2, value, True, True),
    }[said.get("qualifier", "exact")]
    if said["unit"] == "pp":
        allowed = [v1 - v0 - r0 - r1, v1 - v0 + r0 + r1]
    else:
        # No share is below zero, and from zero any rise is without limit.
        tops, bottoms = (max(v1 - r1, 0), v1 + r1), (max(v0 - r0, 0), v0 + r0)
        allowed = [100 * (tops[0] / bottoms[1] - 1)]
        allowed.append(100 * (tops[1] / bottoms[0] - 1) if bottoms[0] else Fraction(10**9))
    if said.get("sense") == "down":
        allowed = [-allowed[1], -allowed[0]]
    too_low = allowed[1] < low or (allowed[1] == low and not low_in)
    too_high = allowed[0] > high or (allowed[0] == high and not high_in)
    return "C" if too_low or too_high else "I"
