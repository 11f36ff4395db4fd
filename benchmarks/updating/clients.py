"""Clients that count what an update does to them: processes of asyncio, as those of the swaps.

A connection that ends before the first byte of a response, when it was used before, is no fault: RFC 9112 lets the client ask again.
One that says nothing for ALARM seconds is late, which is a fault of its own, and is given up.
"""

import asyncio
import random

from swapping.clients import ALARM, PLAINTEXT, _connect, count

EMPTY = {"refused": 0, "cut": 0, "unguarded": 0, "missing": 0, "wrong": 0, "unavailable": 0, "asked again": 0, "late": 0}


class Ended(Exception):
    """The connection has ended before the first byte of a response."""


def lasting(tally, ready, ports, number):
    """Echo and lines on connections that must outlive everything: each byte is compared. An end is a cut, and they connect again."""
    echo, secure_echo, lines = ports
    tally.update(EMPTY)
    clients = [(echo, False, _echo)] * number + [(secure_echo, True, _echo)] * (number // 4) + [(lines, False, _lines)] * number
    return [_lasting(tally, ready, len(clients), seed, *client) for seed, client in enumerate(clients)]


async def _lasting(tally, ready, all_of_them, seed, port, encrypted, exchange):
    rng = random.Random(seed)
    while "stopping" not in tally:
        try:
            reader, writer = await _connect(port, encrypted)
        except OSError:
            count(tally, "refused")
            await asyncio.sleep(0.1)
            continue
        try:
            while "stopping" not in tally:
                await exchange(tally, rng, reader, writer)
                count(tally, "exchanges")
                if tally["exchanges"] >= all_of_them:
                    ready.set()
                await asyncio.sleep(0.02)
        except asyncio.TimeoutError:  # an OSError as well
            count(tally, "late")
        except (OSError, asyncio.IncompleteReadError):
            count(tally, "cut")
        finally:
            writer.close()


async def _echo(tally, rng, reader, writer):
    await _exchange(tally, rng, reader, writer, data := rng.randbytes(rng.randrange(1, 20_000)), data)


async def _lines(tally, rng, reader, writer):
    text = "".join("".join(rng.choices("abcdefgh", k=rng.randrange(80))) + "\n" for _ in range(rng.randrange(1, 20)))
    await _exchange(tally, rng, reader, writer, text.encode(), text.upper().encode())


async def _exchange(tally, rng, reader, writer, data, expected):
    """Sends in two parts with a pause between them, so that updates come within a message too."""
    half = rng.randrange(len(data) + 1)
    writer.write(data[:half])
    await asyncio.sleep(rng.choice((0, 0, 0.05)))
    writer.write(data[half:])
    got = await asyncio.wait_for(reader.readexactly(len(expected)), ALARM)
    if got != expected:
        count(tally, "wrong")
        raise AssertionError("a byte is wrong")


def http(tally, ready, ports, number):
    """Each kind of client of HTTP/1.1, plain and over TLS, and clients of a path that a filter guards."""
    plain, secure = ports
    tally.update(EMPTY)
    kinds = [(plain, False, stays) for stays in (True, False)] + [(secure, True, stays) for stays in (True, False)]
    clients = [_asks(tally, ready, *kind, False) for kind in kinds for _ in range(max(1, number // 4))]
    return clients + [_asks(tally, ready, plain, False, True, True) for _ in range(max(2, number // 4))]


async def _asks(tally, ready, port, encrypted, stays, guarded):
    connection, with_token = None, True
    while "stopping" not in tally:
        with_token = not with_token
        used = connection is not None
        try:
            connection = connection or await _connect(port, encrypted)
            status, body, closes = await _ask(*connection, guarded, guarded and with_token, stays)
            _judge(tally, guarded, with_token, status, body)
        except Ended:
            count(tally, "asked again" if used else "cut")
            closes = True
        except ConnectionRefusedError:
            count(tally, "refused")
            closes = True
            await asyncio.sleep(0.05)
        except asyncio.TimeoutError:  # an OSError as well
            count(tally, "late")
            closes = True
        except (OSError, asyncio.IncompleteReadError):
            count(tally, "cut")
            closes = True
        if closes and connection:
            connection[1].close()
            connection = None
        count(tally, "requests")
        if tally["requests"] >= 40:
            ready.set()
        await asyncio.sleep(0.01)
    if connection:
        connection[1].close()


async def _ask(reader, writer, guarded, token, stays):
    fields = ["Host: localhost"] + ["Authorization: yes"] * token + ["Connection: close"] * (not stays)
    path = "/guarded/secret" if guarded else "/plaintext"
    try:
        writer.write("\r\n".join([f"GET {path} HTTP/1.1", *fields, "", ""]).encode())
        first = await asyncio.wait_for(reader.readexactly(1), ALARM)
    except (ConnectionError, asyncio.IncompleteReadError) as e:
        raise Ended from e
    head = (first + await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    length = next((int(line.partition(":")[2]) for line in head.split("\r\n") if line.startswith("content-length:")), 0)
    return int(head[9:12]), await reader.readexactly(length), not stays or "connection: close" in head


def _judge(tally, guarded, with_token, status, body):
    if status == 404:
        count(tally, "missing")
    elif status == 503:
        count(tally, "unavailable")
    elif guarded and not with_token:
        count(tally, "unguarded" if status == 200 else "wrong", status != 401)
    else:
        count(tally, "wrong", status != 200 or body != (b"secret" if guarded else PLAINTEXT))
