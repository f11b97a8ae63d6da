"""The program of a `Conversation`: prints numbered lines, and answers each line that is typed.

Each line is one `write`, so that no two mix. It ends when it reads "over".
"""

import os
import sys
import termios
import threading
import time


def tick(over: threading.Event) -> None:
    number = 0
    while not over.is_set():
        os.write(1, b"tick %d\n" % number)
        number += 1
        time.sleep(0.02)
    os.write(1, b"ticked %d\n" % number)


def main() -> None:
    mode = termios.tcgetattr(0)
    mode[3] &= ~termios.ECHO
    termios.tcsetattr(0, termios.TCSANOW, mode)
    over = threading.Event()
    ticking = threading.Thread(target=tick, args=[over])
    ticking.start()
    for line in sys.stdin:
        if line == "over\n":
            break
        os.write(1, b"got %s" % line.encode())
    over.set()
    ticking.join()


if __name__ == "__main__":
    main()
