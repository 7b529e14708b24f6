"""Trees as data: everything wrong with one is said at once."""

import pytest

from benchmark.errors import BenchmarkError
from comparisons.index.tree import Tree, read_tree, share, shipped
from sources.catalogue import registry as shipped_registry

OVERALL, TRANSPARENCY = "egov.overall", "egov.transparency"


@pytest.fixture(scope="module")
def registry():
    return shipped_registry()


@pytest.mark.parametrize("name", shipped())
def test_shipped_trees_are_sound(name, registry):
    tree = read_tree(name, registry)
    for group in tree.groups:
        assert sum(child.weight for child in group.children) == pytest.approx(1)
    assert tree.published in registry.indicators
    assert tree.years is not None
    assert len(tree.leaves) == len(tree.place)


def faults(tree, registry):
    with pytest.raises(BenchmarkError) as told:
        read_tree(tree, registry)
    return str(told.value)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"children": []}, "children: [] is not a list of parts"),
        ({"title": {"en": "T"}}, "is not a text, or one in each of en, da, nb, sv"),
        ({"wieghts": "equal"}, "unknown key 'wieghts'; did you mean weights"),
        ({"years": [2020]}, "years: [2020] is not first and last year"),
        ({"missing": 2}, "missing: 2 is not a share"),
        ({"published": "egov.overal"}, "published: unknown indicator 'egov.overal'"),
        ({"aggregation": "sum"}, "aggregation: 'sum' is not one of arithmetic"),
        ({"bounds": [0.5, 0.1]}, "bounds: [0.5, 0.1] is not two shares"),
        ({"penalty": 0}, "penalty: 0 is not 1 or -1"),
        ({"floor": 0}, "floor: 0 is not a number above 0"),
        ({"children": [{"indicator": OVERALL, "children": []}]}, "either an indicator or children"),
        ({"children": [{"indicator": "egov.x"}]}, "children[0].indicator: unknown indicator"),
        ({"children": [{"children": [{"indicator": OVERALL}]}]}, "children[0].title: missing"),
        (
            {"children": [{"indicator": OVERALL}, {"indicator": OVERALL}]},
            "stands at children[0] already",
        ),
        ({"children": [{"indicator": "un.egdi_rank"}]}, "is a printed rank"),
        (
            {
                "children": [
                    {"indicator": OVERALL, "weight": "2/3"},
                    {"indicator": TRANSPARENCY, "weight": 0.3},
                ]
            },
            "weights sum to 0.966667, not to 1",
        ),
        (
            {"children": [{"indicator": OVERALL, "weight": 1}, {"indicator": TRANSPARENCY}]},
            "1 of 2 have no weight",
        ),
        (
            {"weights": "pca", "children": [{"indicator": OVERALL, "weight": 1}]},
            "weights: 'pca', but parts have weights of their own",
        ),
        ({"children": [{"indicator": OVERALL, "weight": "1/0"}]}, "weight: '1/0' is not"),
        (
            {"children": [{"indicator": OVERALL, "normalisation": "goalposts"}]},
            "goalposts: missing, and normalisation 'goalposts' needs it",
        ),
        ({"children": [{"indicator": OVERALL, "goalposts": [9, 1]}]}, "the lower first"),
        ({"children": [{"indicator": OVERALL, "reference": "Atlantis"}]}, "is not a country"),
        ({"children": [{"indicator": OVERALL, "absent": [0]}]}, "a list of {value, years}"),
        ({"children": [{"indicator": "dst.help_needed"}]}, "count the wrong way"),
        (
            {"children": [{"indicator": OVERALL}, {"indicator": "un.egdi"}]},
            "figures as published have different units",
        ),
        ({"aggregation": "mpi", "normalisation": "z"}, "the MPI has a scale of its own"),
    ],
)
def test_faults_are_told_with_their_place(changed, told, registry):
    tree = {"title": "T", "children": [{"indicator": OVERALL}]} | changed
    assert told in faults(tree, registry)


def test_all_faults_come_at_once(registry):
    tree = {
        "years": "2020",
        "children": [
            {"indicator": "egov.x", "weight": 2},
            {"title": "G", "aggregation": "sum", "children": [{"indicator": OVERALL, "cap": 1}]},
        ],
    }
    told = faults(tree, registry)
    for one in (
        "title: missing",
        "years:",
        "children[0].weight",
        "children[0].indicator",
        "1 of 2 have no weight",
        "children[1].aggregation",
        "children[1].children[0].cap",
    ):
        assert one in told


def test_a_file_of_ones_own(tmp_path, registry):
    path = tmp_path / "mine.toml"
    path.write_text(
        'title = "Mine"\nnormalisation = "goalposts"\n'
        '[[children]]\nindicator = "egov.overall"\ngoalposts = [0, 100]\ncap = true\n'
        '[[children]]\nindicator = "dst.help_needed"\ngoalposts = [0, 50]\n',
        encoding="utf-8",
    )
    tree = read_tree(path, registry)
    assert isinstance(tree, Tree)
    assert [(leaf.direction, leaf.goalposts, leaf.cap) for leaf in tree.leaves] == [
        (1, (0, 100), True),
        (-1, (0, 50), False),
    ]
    assert not tree.relative
    assert tree.root.title["sv"] == "Mine"
    assert read_tree(tree, registry) is tree
    path.write_text("title = ", encoding="utf-8")
    with pytest.raises(BenchmarkError, match="not a TOML file"):
        read_tree(path, registry)


def test_fractions():
    assert share("1/3") == 1 / 3
    assert share(1) == 1


def test_rules_pass_down_and_may_be_changed(registry):
    tree = read_tree(
        {
            "title": "T",
            "aggregation": "geometric",
            "normalisation": "percentile_rank",
            "children": [
                {"title": "G", "children": [{"indicator": OVERALL}]},
                {"indicator": TRANSPARENCY, "normalisation": "min_max"},
            ],
        },
        registry,
    )
    assert [group.aggregation for group in tree.groups] == ["geometric", "geometric"]
    assert [leaf.normalisation for leaf in tree.leaves] == ["percentile_rank", "min_max"]
    changed = tree.changed(normalisation="z", aggregation="harmonic", weights="pca")
    assert {leaf.normalisation for leaf in changed.leaves} == {"z"}
    assert {(group.aggregation, group.weights) for group in changed.groups} == {("harmonic", "pca")}
