# SPDX-License-Identifier: MIT
# The article's loop: the same long computation again and again, one after the other.
#   python3 loop.py [SIZE] [COUNT]      SIZE! is computed COUNT times; the article: 1000000 15
import math
import sys
import time


def factorial(size):
    return math.factorial(size)


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 200000
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 15
    start = time.perf_counter()
    for _ in range(count):
        factorial(size)
    print(f"dt = {time.perf_counter() - start:.3f} s")


if __name__ == "__main__":
    main()
