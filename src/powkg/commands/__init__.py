"""One module a subcommand; each exposes `command`, a `click.Command`."""
