"""The processes that answer the server's queries, and what goes between them and the server."""
