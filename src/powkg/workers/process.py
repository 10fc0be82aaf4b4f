"""What every process of the server's pool is: it may take so much memory, leaves nothing behind, ends with the server.

connect(memory) -> socket      the connection to the server, which is the standard input of the process
"""

from __future__ import annotations

import os
import resource
import select
import signal
import socket
import threading

_MIB = 1024 * 1024


def connect(memory: int | None) -> socket.socket:
    """Become such a process: with at most `memory` MiB of data (None for no limit), and the connection to the server.

    When the server's end of it closes, the process ends, though the engine may be at work: that releases the
    interpreter's lock meanwhile.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a crash leaves no file behind
    if memory is not None:
        _limit_memory(memory * _MIB)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal reaches every process; the server decides
    connection = socket.socket(fileno=os.dup(0))
    threading.Thread(target=_end_with_the_server, args=(connection.fileno(),), daemon=True).start()
    return connection


def _limit_memory(size: int) -> None:
    """Let the process have no more than `size` bytes of data: whoever asks for more ends it."""
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    size = size if most == resource.RLIM_INFINITY else min(size, most)
    resource.setrlimit(resource.RLIMIT_DATA, (size, size))


def _end_with_the_server(descriptor: int) -> None:
    poll = select.poll()
    poll.register(descriptor, select.POLLRDHUP)
    poll.poll()
    os._exit(1)
