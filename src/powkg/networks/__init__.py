"""Networks of entities as networkx graphs: how they are read from the store, cut, measured and written.

Every network is an `nx.MultiDiGraph` whose nodes are the IRIs of entities and whose edges are the links between them
(`powkg.networks.attributes` says what nodes and edges carry). Data flow from `neighbourhood` and `whole`, which read a
store, to what needs none.
"""
