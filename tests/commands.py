"""A `kvminbox` for shell scripts, forked from a Python that has imported it already.

Most of a command's time is its imports, and the pages of the documentation start dozens. What
is started anew, as a user's shell does it, is tested in tests/cli.
"""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CLIENT = """\
#!{python} -IS
import json, os, socket, sys
asked = json.dumps([sys.argv[1:], os.getcwd(), dict(os.environ)]).encode()
os.chdir({folder!r})  # the path of a socket may have 107 bytes
server = socket.socket(socket.AF_UNIX)
server.connect("socket")
socket.send_fds(server, [b"%08d" % len(asked)], [0, 1, 2])
server.sendall(asked)
sys.exit(int(server.makefile().read()))
"""


@contextmanager
def serve_command(folder: Path) -> Iterator[Path]:
    """Write the program into a folder, and answer it until the context ends."""
    program = folder / "kvminbox"
    program.write_text(CLIENT.format(python=sys.executable, folder=str(folder)))
    program.chmod(0o755)
    with subprocess.Popen(
        [sys.executable, __file__], cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE
    ) as server:
        assert server.stdout is not None
        server.stdout.readline()  # it listens
        try:
            yield program
        finally:
            server.terminate()


def _serve() -> None:
    import kvminbox.analysis
    import kvminbox.frames
    import kvminbox.index
    import kvminbox.reports
    import kvminbox.upstream  # noqa: F401
    from kvminbox.cli import main

    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket")
        listener.listen()
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        print("ready", flush=True)
        while True:
            client, _ = listener.accept()
            if os.fork() == 0:
                break
            client.close()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    head, handles, _, _ = socket.recv_fds(client, 8, 3)
    words, directory, environment = json.loads(client.makefile("rb").read(int(head)))
    command = os.fork()
    if command:
        _, status = os.waitpid(command, 0)
        client.sendall(b"%d" % os.waitstatus_to_exitcode(status))
        os._exit(0)
    client.close()
    for number, handle in enumerate(handles):
        os.dup2(handle, number)
        os.close(handle)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(directory)
    sys.argv[1:] = words
    sys.exit(main())


if __name__ == "__main__":
    _serve()
