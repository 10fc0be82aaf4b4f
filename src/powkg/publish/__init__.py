"""What is published about the graph, read from whatever answers queries. Nothing here knows the web."""
