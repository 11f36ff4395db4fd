"""The clients that are compared: each fetches a list of URLs at the same time, and saves every file."""

import shlex
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Client:
    """A command with {list}, a file with a URL per line, {config}, the same for curl, {folder} to save in, {at_once}."""

    name: str
    words: tuple

    def command(self, url_list, folder, at_once):
        config = folder.with_suffix(".curl")
        if "{config}" in self.words:
            config.write_text("".join(f'url = "{url}"\noutput = "{folder / url.rpartition("/")[2]}"\n'
                                      for url in url_list.read_text().split()))
        values = {"list": url_list, "config": config, "folder": folder, "at_once": at_once}
        return [word.format(**values) for word in self.words]


def client(text):
    """NAME=COMMAND."""
    name, equals, command = text.partition("=")
    if not (name and equals and command):
        raise ValueError(f"'{text}' is no client: NAME=COMMAND, with {{list}}, {{folder}} and {{at_once}} in the command")
    return Client(name, tuple(shlex.split(command)))


def _pollux(command, backend):
    return Client(f"pollux-{backend}", (command, "fetch", "--quiet", "-i", "{list}", "-o", "{folder}",
                                        "--max", "{at_once}", "--backend", backend))


def all_clients(options):
    return [
        Client("newlisp", ("newlisp", str(HERE / "downloader.lsp"), "{list}", "{folder}", "{at_once}")),
        Client("curl", ("curl", "--parallel", "--parallel-max", "{at_once}", "--fail", "--silent", "--show-error",
                        "--config", "{config}")),
        _pollux(options.pollux, "nio"),
        _pollux(options.pollux, "libevent"),
        *(client(text) for text in options.client),
    ]
