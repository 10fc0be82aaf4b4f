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

_STACK = 100 * _MIB
"""How far the stack of the main thread may grow, on which the engine works: it calls itself for each bracket and each
link of a chain, and `powkg.guard` bounds both well below what this holds. The kernel leaves 128 MiB for it."""


def connect(memory: int | None) -> socket.socket:
    """Become such a process: with at most `memory` MiB of data (None for no limit), and the connection to the server.

    When the server's end of it closes, the process ends, though the engine may be at work: that releases the
    interpreter's lock meanwhile.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a crash leaves no file behind
    _limit(resource.RLIMIT_STACK, _STACK)
    if memory is not None:
        _limit(resource.RLIMIT_DATA, memory * _MIB)  # whoever asks for more ends the process
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal reaches every process; the server decides
    connection = socket.socket(fileno=os.dup(0))
    threading.Thread(target=_end_with_the_server, args=(connection.fileno(),), daemon=True).start()
    return connection


def _limit(kind: int, size: int) -> None:
    """Let the process have `size` bytes of a kind, or as much as it may where that is less."""
    _, most = resource.getrlimit(kind)
    resource.setrlimit(kind, (size if most == resource.RLIM_INFINITY else min(size, most), most))


def _end_with_the_server(descriptor: int) -> None:
    poll = select.poll()
    poll.register(descriptor, select.POLLRDHUP)
    poll.poll()
    os._exit(1)
