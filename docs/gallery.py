"""Write the pages of the site that are made from code: gallery, public names, rules.

Run by `make site`, in the folder of the project.
"""

from pathlib import Path

import nordbench as nb
from benchmark.schema import LANGUAGES

MADE = Path("docs/made")

PICTURES = {
    "Ranking": 'nb.ranking(cube, "egov.transparency", 2020, "nordic").plot()',
    "Ranking of forty countries": 'nb.ranking(cube, "egov.overall", 2023).plot()',
    "Trend that stops at breaks": 'nb.trend(cube, "egov.transparency", "nordic").plot()',
    "Trend in Danish": 'nb.trend(cube, "dst.help_needed").plot(lang="da")',
    "Change of rank, and what moved it": (
        'nb.rank_change(cube, "egov.transparency", 2020, 2021, "nordic").plot()'
    ),
    "Gap to the leader": 'nb.gap(cube, "egov.overall", 2023, "nordic", to="frontier").plot()',
    "Convergence": ('nb.convergence(cube, "un.egdi", "nordic", [2012, 2014, 2016, 2018]).plot()'),
    "One country against its peers": 'nb.profile(cube, "NO").plot()',
    "Index with the ranks that other choices would give": (
        'nb.index(cube, "egov", 2023, "nordic", uncertainty=2000).plot()'
    ),
    "Which pairs may be compared": (
        "nb.comparability(\n"
        '    cube, ["dst.trust_digital_services", "no.trust_personal_data"]\n'
        ").plot()"
    ),
}
"""Heading of each picture and the expression that draws it."""


def main() -> None:
    """Write every page."""
    MADE.mkdir(exist_ok=True)
    for lang in LANGUAGES[1:]:
        page = nb.rules(lang=lang).render("md")
        (MADE / f"rules_{lang}.md").write_text(page, encoding="utf-8")
    (MADE / "gallery.md").write_text(gallery(), encoding="utf-8")
    (MADE / "api.md").write_text(api(), encoding="utf-8")


def gallery() -> str:
    """Draw every picture; give the page that shows them with their code."""
    cube = nb.load()
    lines = [
        "# Gallery",
        "",
        "Each picture is drawn by the code below it, from the shipped figures.",
    ]
    for number, (heading, code) in enumerate(PICTURES.items(), 1):
        drawn = eval(code, {"nb": nb, "cube": cube})  # noqa: S307 (our own lines, above)
        name = f"gallery{number}.svg"
        (MADE / name).write_bytes(drawn.written("svg"))
        alt = " ".join(drawn.alt.replace("[", "(").replace("]", ")").split())
        lines += ["", f"## {heading}", "", f"![{alt}]({name})", "", "```python", code, "```"]
    return "\n".join(lines) + "\n"


def api() -> str:
    """List the public names; the site takes their descriptions from the code."""
    kinds = {"Errors": [], "Functions and classes": []}
    for name in nb.__all__:
        value = getattr(nb, name)
        error = isinstance(value, type) and issubclass(value, Exception)
        kinds["Errors" if error else "Functions and classes"].append(name)
    lines = ["# Public names", "", "What `import nordbench as nb` gives."]
    for heading in ("Functions and classes", "Errors"):
        lines += ["", f"## {heading}"]
        for name in kinds[heading]:
            directive = "autofunction"
            if isinstance(getattr(nb, name), type):
                directive = "autoexception" if heading == "Errors" else "autoclass"
            lines += ["", f"### {name}", "", "```{eval-rst}", f".. {directive}:: nordbench.{name}"]
            lines += ["   :members:"] if directive == "autoclass" else []
            lines += ["```"]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
