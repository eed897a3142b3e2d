"""The numbers of a table's rows from the top down: which may stand next."""

from __future__ import annotations

from dataclasses import dataclass, field

from khplans.reading.lines.markers import Marker


@dataclass(slots=True)
class Numbering:
    """The numbers so far: the last of each kind, and the last of all."""

    orders: dict[tuple[str, int], int] = field(default_factory=dict)
    last: Marker | None = None

    def expects(self, marker: Marker | None) -> bool:
        """Whether a number may stand next: one more of its kind, or the first of a lower one.

        >>> from khplans.reading.layout.labels import label_marker
        >>> numbering = Numbering()
        >>> [numbering.takes(label_marker(text)) for text in ("I", "1.", "2.", "5.", "II", "3.")]
        [True, True, True, False, True, True]
        """
        if marker is None or marker.bullet:
            return False
        if marker.order == 1:
            return self.last is None or marker.level > self.last.level
        return self.orders.get((marker.kind, marker.depth)) == marker.order - 1

    def takes(self, marker: Marker | None) -> bool:
        """Whether a number stands next, which it then does."""
        if marker is None or not self.expects(marker):
            return False
        self.orders[marker.kind, marker.depth] = marker.order
        self.last = marker
        return True

    def last_like(self, marker: Marker) -> int:
        """The last number of a marker's kind, 0 where there is none."""
        return self.orders.get((marker.kind, marker.depth), 0)

    def restart(self, marker: Marker | None) -> None:
        """Go on from a marker, whether it was expected or not; below none any number may stand."""
        if marker is not None and not marker.bullet:
            self.orders[marker.kind, marker.depth] = marker.order
        self.last = marker
