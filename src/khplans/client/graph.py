"""Who cites what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from khplans.client.html import table_html
from khplans.errors import both
from khplans.optional import needed

if TYPE_CHECKING:
    import pandas as pd

    from khplans.client.collection import Collection


@dataclass(frozen=True, slots=True)
class Graph:
    """`nodes`: id, label, document_type, date, ours (whether the collection has its text).

    `edges`: source (a document of ours), target, relation, count of mentions. An instrument that is
    one of our documents is that document's node.
    """

    nodes: pd.DataFrame
    edges: pd.DataFrame

    def to_networkx(self) -> Any:
        """As a `networkx.MultiDiGraph`, keyed by relation; needs `pip install "khplans[plot]"`.

        Attributes are texts, numbers and truths, dates as ISO texts, so every format of networkx takes
        them; what is empty is left out. An edge's `id` is its own.

        >>> import khplans, networkx
        >>> plan = khplans.read("Căn cứ Nghị quyết số 01/NQ-CP ngày 05/01/2024 của Chính phủ;")
        >>> "graphml" in "".join(networkx.generate_graphml(plan.graph().to_networkx()))
        True
        """
        graph = needed("networkx", "plot").MultiDiGraph()
        for node in self.nodes.to_dict("records"):
            about = {str(k): v for k, v in map(_for_networkx, node.items()) if v is not None}
            graph.add_node(about.pop("id"), **about)
        for number, edge in enumerate(self.edges.to_dict("records"), 1):
            about = {"id": f"e{number}", "relation": edge["relation"], "count": int(edge["count"])}
            graph.add_edge(edge["source"], edge["target"], key=edge["relation"], **about)
        return graph

    def __repr__(self) -> str:
        return f"<{len(self.nodes)} văn bản / instruments, {len(self.edges)} quan hệ / relations>"

    def _repr_html_(self) -> str:
        labels = dict(zip(self.nodes.id, self.nodes.label, strict=True))
        rows = (
            (labels[e.source], e.relation, labels[e.target], e.count)
            for e in self.edges.itertuples(index=False)
        )
        return table_html(
            rows,
            (
                both("văn bản", "document"),
                both("quan hệ", "relation"),
                both("viện dẫn", "cites"),
                "×",
            ),
        )


def _for_networkx(cell: tuple[Any, Any]) -> tuple[Any, Any]:
    """A column and its value as every format of networkx takes it, None for none.

    >>> import pandas as pd
    >>> cells = ("date", pd.Timestamp("2025-01-02")), ("date", pd.NaT), ("number", "5/QĐ")
    >>> [_for_networkx(cell) for cell in cells]
    [('date', '2025-01-02'), ('date', None), ('number', '5/QĐ')]
    """
    import pandas as pd

    name, value = cell
    if pd.isna(value):
        return name, None
    return name, value.date().isoformat() if isinstance(value, pd.Timestamp) else value


def citation_graph(collection: Collection) -> Graph:
    """The graph of a collection's citations, in the order of its tables."""
    import pandas as pd

    documents, instruments = collection.documents, collection.instruments
    own = instruments.set_index("instrument_id").document_id
    node_of = own.where(own.notna(), own.index.to_series())
    cited = collection.citations.dropna(subset=["instrument_id"])
    mentions = pd.DataFrame(
        {
            "source": cited.document_id,
            "target": cited.instrument_id.map(node_of),
            "relation": cited.relation.astype(str),
        }
    )
    edges = mentions.groupby(["source", "target", "relation"]).size().rename("count")
    ours = documents.assign(id=documents.document_id, ours=True)
    others = instruments[instruments.document_id.isna()]
    others = others.assign(id=others.instrument_id, ours=False)
    kept = ["id", "number", "title", "document_type", "date", "ours"]
    nodes = pd.concat([ours[kept], others[kept]], ignore_index=True)
    label = nodes.number.fillna(nodes.title).fillna(nodes.id)
    return Graph(
        nodes.assign(label=label)[["id", "label", "document_type", "date", "ours"]],
        edges.reset_index(),
    )
