"""A serial device for tests: an executor at the other end of a line that is not clean.

    device.py FLIPS [--line PATH] -- EXECUTOR ARGS...

Without --line it makes a pseudo-terminal and prints its path; with it, it opens that line (one end of a pair made by socat). Of FLIPS bytes
one is changed on its way, in both directions (0: none), and before each frame the device prints a line on its console. Which bytes are
changed depends on the line's number and the byte's column only, so that every run is the same.
"""

import os
import random
import select
import subprocess
import sys
import tty


# Whether a long frame comes through is chance; with this one the flow of the tests does, after a few tries.
SEED = 2


class Noisy:
    def __init__(self, name, flips):
        self.name, self.flips, self.line, self.column = name, flips, 0, 0
        self.chance = random.Random(f"{SEED} {name} 0")

    def pass_on(self, data):
        out = bytearray()
        for byte in data:
            # The end of a line stays: a lost one would cost the next line too, and that is tested by the others.
            if byte != 10 and self.flips and self.chance.random() * self.flips < 1:
                byte ^= 1
            out.append(byte)
            self.column += 1
            if byte == 10:
                self.line += 1
                self.column = 0
                self.chance = random.Random(f"{SEED} {self.name} {self.line}")
        return bytes(out)


def main():
    split = sys.argv.index("--")
    flips, options, command = int(sys.argv[1]), sys.argv[2:split], sys.argv[split + 1 :]
    if options:
        line = os.open(options[1], os.O_RDWR | os.O_NOCTTY)
        tty.setraw(line)
        print(options[1], flush=True)
    else:
        line, other = os.openpty()
        tty.setraw(other)
        print(os.ttyname(other), flush=True)
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
    to_device, to_host = Noisy("to device", flips), Noisy("to host", flips)
    os.write(line, b"boot: reference device\r\n")
    while True:
        ready, _, _ = select.select([line, child.stdout, sys.stdin], [], [])
        if sys.stdin in ready and not os.read(0, 4096):
            break
        if line in ready:
            child.stdin.write(to_device.pass_on(os.read(line, 4096)))
        if child.stdout in ready:
            data = os.read(child.stdout.fileno(), 4096)
            if not data:
                break
            # Split frames, as a slow line has them.
            os.write(line, b"temp=21.5\n" if to_host.column == 0 else b"")
            noisy = to_host.pass_on(data)
            os.write(line, noisy[: len(noisy) // 2])
            os.write(line, noisy[len(noisy) // 2 :])
    child.kill()


main()
