"""Code for a process of its own: every way to a network is shut, and each try is told on standard error."""

ASKED = "asked for"
SHUT = f"""
import sys
def shut(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        print("{ASKED}", event, arguments, file=sys.stderr, flush=True)
        raise OSError(101, "Network is unreachable")
sys.addaudithook(shut)
"""
