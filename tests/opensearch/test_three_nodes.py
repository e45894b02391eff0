"""A team's cluster of three nodes loses one: readers and the publisher go on."""

import json
import socket
from contextlib import ExitStack

import pytest

from tools import opensearch


def free_ports(number):
    with ExitStack() as stack:
        found = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(number)]
        return [one.getsockname()[1] for one in found]


def until_health(node, wanted, status="green"):
    """Wait until the cluster has so many nodes and each index; green with a copy of each, yellow without."""
    path = f"/_cluster/health?wait_for_nodes={wanted}&wait_for_status={status}&wait_for_no_initializing_shards=true&timeout=120s"
    assert not json.loads(node.ask("GET", path))["timed_out"]


@pytest.mark.thorough
def test_one_of_three_nodes_is_killed(team):
    if why := opensearch.lacking():
        pytest.skip(why)
    ports = free_ports(3)
    shared = (
        "discovery.seed_hosts=" + ",".join(f"127.0.0.1:{port}" for port in ports),
        "cluster.initial_cluster_manager_nodes=n0,n1,n2",
        "discovery.initial_state_timeout=1s",
        "cluster.name=three",
    )
    nodes = [opensearch.Node(f"node.name=n{at}", f"transport.port={port}", *shared) for at, port in enumerate(ports)]
    try:
        until_health(nodes[0], 3)
        team.name(nodes[0].url)
        first = team.publish()
        until_health(nodes[0], 3)
        expected = team.search("china OR us")
        assert expected.total
        table = json.loads(nodes[0].ask("GET", f"/_cat/shards/{team.index}?format=json&h=node,prirep"))
        holders = {row["node"] for row in table if row["node"] != "n0"}
        nodes[int(min(holders)[1])].kill()
        until_health(nodes[0], 2, "yellow")
        assert team.search("china OR us") == expected
        assert team.publish().passages == first.passages
    finally:
        for node in nodes:
            node.kill()
