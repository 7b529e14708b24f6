"""A number with its unit, whose operators do what the unit allows and refuse the rest.

Only what is written here can be done with a quantity: no operation of Python or numpy gets past
it to the bare number, which stays at hand as `value`.
"""

import operator
from collections.abc import Iterator
from numbers import Real
from typing import TYPE_CHECKING, Any

from benchmark import arithmetic
from benchmark import units as known
from benchmark.changes import relative_change
from benchmark.errors import UnitMismatch
from benchmark.units import Unit

if TYPE_CHECKING:
    import pint


class Quantity:
    """A number, or an array of numbers, in one unit; made by `quantity`.

    Attributes
    ----------
    value : float or numpy.ndarray
        The number. `magnitude` is the same, for those used to pint.
    unit : str
        Its unit, as in the figures; `units` is the unit in the pint registry.
    programme : str or None
        Programme that a score or an index belongs to.
    pool : int or None
        Number of countries ranked.
    definition : Unit
        What is known of the unit.
    inner : pint.Quantity
        The same number as pint has it.
    """

    __slots__ = ("definition", "inner", "pool", "programme")
    __hash__ = None  # type: ignore[assignment]
    # numpy then leaves its operators to the methods below, which refuse what it would allow.
    __array_ufunc__ = None

    def __init__(
        self, value: Any, definition: Unit, programme: str | None = None, pool: int | None = None
    ) -> None:
        registry = known.registry()
        self.inner: Any = registry.Quantity(value, registry.UnitsContainer({definition.name: 1}))
        self.definition = definition
        self.programme = programme
        self.pool = pool

    @property
    def value(self) -> Any:
        """The number, in `unit`."""
        return self.inner.magnitude

    magnitude = value

    @property
    def unit(self) -> str:
        """Name of the unit, as in the figures."""
        return self.definition.id

    @property
    def units(self) -> "pint.Unit":
        """The unit in the pint registry."""
        units: pint.Unit = self.inner.units
        return units

    def to(self, unit: str) -> "Quantity":
        """Convert percent to fraction or a score to the index of its programme, and back.

        Parameters
        ----------
        unit : str
            The unit wanted.

        Returns
        -------
        Quantity

        Raises
        ------
        UnknownName
            No such unit.
        UnitMismatch
            The units do not convert.

        Examples
        --------
        >>> from benchmark.quantities import quantity
        >>> quantity(0.25, "fraction").to("percent"), quantity(0.75, "index_0_1").to("score_0_100")
        (quantity(25.0, 'percent'), quantity(75.0, 'score_0_100'))
        """
        if unit == self.unit:
            return self
        target = known.unit(unit)
        here, said = self.definition, f"{self.face()} in {unit}"
        if here.kind == target.kind and {here.dimension, target.dimension} == arithmetic.SCORES:
            return self.made(self.value * (100 if target.dimension == "score" else 0.01), target)
        if here.dimension != target.dimension:
            raise arithmetic.refusal(self, said, "unlike", other=target.noun)
        if here.kind != target.kind:
            raise arithmetic.refusal(self, said, "level_and_change")
        return self.made(self.inner.to(target.name).magnitude, target)

    def relative_to(self, base: "Quantity") -> "Quantity":
        """Give the change from a base in percent of that base.

        Parameters
        ----------
        base : Quantity
            A share, score, index or count of the same kind.

        Returns
        -------
        Quantity
            [rel_change_percent], missing where the base is zero.

        Raises
        ------
        UnitMismatch
            The two do not compare, or have no nought to count percent from.

        Examples
        --------
        >>> from benchmark.quantities import quantity
        >>> print(quantity(49, "percent").relative_to(quantity(39.2, "percent")))
        25 (relative change in percent)
        """
        a, b, said = arithmetic.aligned(self, base, "relative to")
        if a.definition.kind != b.definition.kind:
            raise arithmetic.refusal(self, said, "level_and_change")
        if not a.definition.relative:
            raise arithmetic.refusal(self, said, "relative")
        value, unit = relative_change(a.value, b.value, a.unit)
        return Quantity(value, known.unit(unit))

    def mean(self, axis: Any = None, dtype: Any = None, out: Any = None) -> "Quantity":
        """Average an array, with the arguments of numpy; ranks have no average."""
        import numpy as np

        if self.definition.dimension == "place":
            raise arithmetic.refusal(self, f"mean of {self.definition.plural}", "rank")
        return self.made(np.mean(self.value, axis, dtype, out))

    def sum(self, axis: Any = None, dtype: Any = None, out: Any = None) -> "Quantity":
        """Add up an array of counts or changes, with the arguments of numpy."""
        import numpy as np

        arithmetic.refuse_sum(self)
        return self.made(np.sum(self.value, axis, dtype, out))

    def text(self, lang: str = "en") -> str:
        """Write the number with its unit.

        Parameters
        ----------
        lang : {"en", "da", "nb", "sv"}
            The language.

        Returns
        -------
        str
            Numbers of an array are separated by semicolons.

        Examples
        --------
        >>> from benchmark.quantities import quantity
        >>> quantity(-6.5, "pp").text("da"), quantity(18, "rank", pool=36).text("nb")
        ('-6,5 procentpoint', 'nr. 18 av 36 land')
        """
        from benchmark.faces import face

        if getattr(self.value, "ndim", 0):
            return "; ".join(each.text(lang) for each in self)
        return face(float(self.value), self.definition, self.pool, lang)

    def face(self) -> str:
        """Write the number with its unit as messages do; of an array, how many there are."""
        if getattr(self.value, "ndim", 0):
            return f"{self.value.size} {self.definition.plural}"
        return self.definition.face.format(self.value)

    def made(self, value: Any, definition: Unit | None = None) -> "Quantity":
        """Make another quantity of the same programme and pool."""
        return Quantity(value, definition or self.definition, self.programme, self.pool)

    def __array_function__(self, func: Any, _: object, args: Any, kwargs: Any) -> Any:
        """Pass on sum and mean; refuse all other functions of numpy."""
        if func.__name__ in ("sum", "mean") and args and args[0] is self:
            return getattr(self, func.__name__)(*args[1:], **kwargs)
        raise arithmetic.refusal(self, f"numpy.{func.__name__} of {self.face()}", "plain")

    def _plain(self, *_: object, **__: object) -> Any:
        """Refuse to become a number or an array without a unit."""
        raise arithmetic.refusal(self, f"{self.face()} as plain number", "plain")

    __array__ = __float__ = __int__ = __complex__ = _plain

    def _never(self, other: object, *_: object) -> Any:
        """Refuse powers, remainders and divisions of something by a quantity."""
        said = f"power, remainder or quotient of {self.face()} and {arithmetic.spoken(other)}"
        arithmetic.refuse_multiple(self, said)
        raise arithmetic.refusal(self, said, "product")

    __pow__ = __rpow__ = __mod__ = __rmod__ = __floordiv__ = __rfloordiv__ = _never
    __divmod__ = __rdivmod__ = __rtruediv__ = __matmul__ = __rmatmul__ = _never

    def __reduce__(self) -> tuple[Any, ...]:
        """Copy and pickle without the registry of pint."""
        return Quantity, (self.value, self.definition, self.programme, self.pool)

    def __iter__(self) -> Iterator["Quantity"]:
        """Walk over the numbers of an array."""
        return (self.made(value) for value in self.value)

    def __add__(self, other: object) -> "Quantity":
        """Add a change, or two amounts."""
        return arithmetic.added(self, other, operator.add)

    def __radd__(self, other: object) -> "Quantity":
        """Start the builtin sum(), which begins with nought; refuse other bare numbers."""
        if isinstance(other, Real) and other == 0:
            arithmetic.refuse_sum(self)
            return self
        raise arithmetic.bare(self, other, f"{arithmetic.spoken(other)} + {self.face()}")

    def __sub__(self, other: object) -> "Quantity":
        """Subtract: level - level is a change."""
        return arithmetic.added(self, other, operator.sub)

    def __rsub__(self, other: object) -> "Quantity":
        """Refuse a number without a unit."""
        raise arithmetic.bare(self, other, f"{arithmetic.spoken(other)} - {self.face()}")

    def __mul__(self, other: object) -> "Quantity":
        """Multiply a change or an amount by a number."""
        return arithmetic.scaled(self, other, operator.mul, "*")

    __rmul__ = __mul__

    def __truediv__(self, other: object) -> Any:
        """Divide a change or an amount by a number or by its like."""
        if isinstance(other, Quantity):
            return arithmetic.ratio(self, other)
        return arithmetic.scaled(self, other, operator.truediv, "/")

    def __neg__(self) -> "Quantity":
        """Turn a change round."""
        if self.definition.kind == "level":
            arithmetic.refuse_multiple(self, f"minus {self.face()}")
        return self.made(-self.value)

    def __abs__(self) -> "Quantity":
        """Give the size of a change."""
        if self.definition.kind == "level":
            arithmetic.refuse_multiple(self, f"size of {self.face()}")
        return self.made(abs(self.value))

    def __lt__(self, other: object) -> Any:
        """Order quantities of one kind."""
        return arithmetic.compared(self, other, operator.lt, "<")

    def __le__(self, other: object) -> Any:
        """Order quantities of one kind."""
        return arithmetic.compared(self, other, operator.le, "<=")

    def __gt__(self, other: object) -> Any:
        """Order quantities of one kind."""
        return arithmetic.compared(self, other, operator.gt, ">")

    def __ge__(self, other: object) -> Any:
        """Order quantities of one kind."""
        return arithmetic.compared(self, other, operator.ge, ">=")

    def __eq__(self, other: object) -> Any:
        """Compare; quantities of different kinds are never equal."""
        try:
            return arithmetic.compared(self, other, operator.eq, "==")
        except UnitMismatch:
            return False

    def __repr__(self) -> str:
        """Write the call that makes it."""
        facts = {"programme": self.programme, "pool": self.pool}
        rest = "".join(f", {key}={value!r}" for key, value in facts.items() if value is not None)
        return f"quantity({self.value!r}, {self.unit!r}{rest})"

    def __str__(self) -> str:
        """Write it in English."""
        return self.text()
