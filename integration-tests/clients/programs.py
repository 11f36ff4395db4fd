"""Programs that are run, and what they must print."""

import subprocess

SECONDS = 120


def output_of(*words, timeout=SECONDS, **options):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, timeout=timeout, **options)
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(map(str, words))} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def require(got, wanted, what):
    if got != wanted:
        raise AssertionError(f"{what}: {got!r}, and not {wanted!r}")
