"""A query's tree in a short written form, for tables of tests."""

from __future__ import annotations

from models.search.terms import All, Either, Is, Node, Not, Sure, Within, Words


def written(node: Node) -> str:
    """Return a tree as text: `(and a (not b))`, `author=diallo`, `date 2019..2020`."""
    if isinstance(node, Words):
        text = "+".join(node.words) + ("*" if node.prefix else "")
        return ("title/" if node.title else "") + (f"'{text}'" if node.exact else text)
    if isinstance(node, Is):
        return f"{node.field}={node.value}"
    if isinstance(node, Within):
        return f"{node.field} {node.first or ''}..{node.last or ''}"
    if isinstance(node, Sure):
        bounds = f"{'' if node.least is None else node.least}..{'' if node.below is None else node.below}"
        return f"sure({node.field or 'any'}) {bounds}"
    if isinstance(node, Not):
        return f"(not {written(node.node)})"
    if not node.nodes:
        return "all" if isinstance(node, All) else "none"
    name = "and" if isinstance(node, All) else "or"
    assert isinstance(node, All | Either)
    return f"({name} {' '.join(written(inner) for inner in node.nodes)})"
