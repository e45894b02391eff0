"""Networks as GraphML and GEXF, which networkx, Gephi, visone and igraph read."""

from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from dossier.model.network import Edge, Network

_GRAPHML = "http://graphml.graphdrawing.org/xmlns"
_GEXF = "http://www.gexf.net/1.2draft"
_NODE = (("name", "string"), ("kind", "string"))
_EDGE = (("weight", "double"), ("for", "int"), ("against", "int"), ("net", "int"))


def graphml(network: Network, titles: Mapping[str, str], kinds: Mapping[str, str]) -> str:
    """The network as GraphML: nodes by id with `name` and `kind`, edges with `weight`, `for`, `against` and `net`."""
    root = Element("graphml", xmlns=_GRAPHML)
    for scope, fields in (("node", _NODE), ("edge", _EDGE)):
        for name, form in fields:
            SubElement(root, "key", {"id": f"{scope}-{name}", "for": scope, "attr.name": name, "attr.type": form})
    graph = SubElement(root, "graph", edgedefault="undirected")
    for one in _nodes(network):
        node = SubElement(graph, "node", id=one)
        for name, value in (("name", titles.get(one, one)), ("kind", kinds.get(one, ""))):
            SubElement(node, "data", key=f"node-{name}").text = _plain(value)
    for edge in network.edges:
        drawn = SubElement(graph, "edge", source=edge.source, target=edge.target)
        for name, value in _values(edge).items():
            SubElement(drawn, "data", key=f"edge-{name}").text = value
    return _encode(root)


def gexf(network: Network, titles: Mapping[str, str], kinds: Mapping[str, str]) -> str:
    """The network as GEXF 1.2, with the same nodes and edges."""
    root = Element("gexf", xmlns=_GEXF, version="1.2")
    graph = SubElement(root, "graph", defaultedgetype="undirected", mode="static")
    for scope, fields in (("node", _NODE[1:]), ("edge", _EDGE[1:])):
        declared = SubElement(graph, "attributes", {"class": scope, "mode": "static"})
        for name, form in fields:
            SubElement(declared, "attribute", id=name, title=name, type="integer" if form == "int" else form)
    nodes = SubElement(graph, "nodes")
    for one in _nodes(network):
        node = SubElement(nodes, "node", id=one, label=_plain(titles.get(one, one)))
        SubElement(SubElement(node, "attvalues"), "attvalue", {"for": "kind", "value": _plain(kinds.get(one, ""))})
    edges = SubElement(graph, "edges")
    for number, edge in enumerate(network.edges):
        values = _values(edge)
        drawn = SubElement(
            edges, "edge", id=str(number), source=edge.source, target=edge.target, weight=values.pop("weight")
        )
        noted = SubElement(drawn, "attvalues")
        for name, value in values.items():
            SubElement(noted, "attvalue", {"for": name, "value": value})
    return _encode(root)


def _nodes(network: Network) -> list[str]:
    return [*dict.fromkeys((*network.rows, *network.columns))]


def _values(edge: Edge) -> dict[str, str]:
    return {
        "weight": repr(float(edge.weight)),
        "for": str(edge.positive),
        "against": str(edge.negative),
        "net": str(edge.positive - edge.negative),
    }


def _plain(text: str) -> str:
    """Text without the characters that XML cannot hold."""
    return "".join(
        c for c in text if c in "\t\n\r" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )


def _encode(root: Element) -> str:
    indent(root)
    return f"<?xml version='1.0' encoding='UTF-8'?>\n{tostring(root, encoding='unicode')}\n"
