"""Start the simulator alone: `python -m seedream_desktop.simulator`."""

import argparse
import sys

from seedream_desktop.simulator.command import add_arguments, run

if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m seedream_desktop.simulator")
    add_arguments(parser)
    sys.exit(run(parser.parse_args()))
