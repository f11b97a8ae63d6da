#!/bin/sh
# pip, where the machine has none: see packages/pip.py.
exec python3 -m pip "$@"
