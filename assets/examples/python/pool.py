# SPDX-License-Identifier: MIT
# The article's pythonic parfor: the same computations, shared out among processes.
#   python3 pool.py [SIZE] [COUNT] [PROCESSES]    as many processes as there are CPUs
import math
import os
import sys
import time
from multiprocessing import Pool


def factorial(size):
    math.factorial(size)  # the number itself stays here: to send it would take longer


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 200000
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 15
    processes = int(sys.argv[3]) if len(sys.argv) > 3 else os.cpu_count()
    start = time.perf_counter()
    with Pool(processes=processes) as pool:
        pool.map(factorial, [size] * count)
    print(f"dt = {time.perf_counter() - start:.3f} s")


if __name__ == "__main__":
    main()
