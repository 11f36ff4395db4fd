"""An authority for a trial, two certificates that it has signed, and its OCSP response for one of them."""

import base64
import hashlib
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from comparison.java import jdk

CURVE = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")


@dataclass(frozen=True)
class Authority:
    """
    What clients trust.

    ca: its certificate, in PEM
    trust: the same as a store of Java, with the password `secret`
    """

    ca: Path
    trust: Path


def make(folder, tls):
    """Makes it in a folder, and puts certificates for localhost and *.star.example into the other one."""
    folder.mkdir(parents=True)
    tls.mkdir(parents=True, exist_ok=True)
    (folder / "index").write_text("")
    (folder / "serial").write_text("1000\n")
    (folder / "ca.cnf").write_text(
        f"[ca]\ndefault_ca = own\n[own]\ndatabase = {folder}/index\nserial = {folder}/serial\nnew_certs_dir = {folder}\ndefault_md = sha256\n"
        f"default_days = 30\npolicy = any\ncopy_extensions = copy\nunique_subject = no\n[any]\ncommonName = supplied\n")
    _openssl("req", "-x509", *CURVE, "-days", "30", "-subj", "/CN=an authority for a trial", "-addext",
             "keyUsage=critical,keyCertSign,cRLSign,digitalSignature", "-keyout", folder / "ca.key", "-out", folder / "ca.pem")
    names = {"localhost": "DNS:localhost,IP:127.0.0.1", "star": "DNS:*.star.example"}
    for name, hosts in names.items():
        _certificate(folder, name, hosts)
    response = folder / "localhost.ocsp"
    _openssl("ocsp", "-index", folder / "index", "-CA", folder / "ca.pem", "-rsigner", folder / "ca.pem", "-rkey", folder / "ca.key",
             "-issuer", folder / "ca.pem", "-cert", folder / "localhost.pem", "-respout", response, "-ndays", "7")
    _write(tls / response.name, response)  # a server that runs takes the certificates with it
    for name in names:
        _write(tls / f"{name}.pem", *(folder / part for part in (f"{name}.pem", "ca.pem", f"{name}.key")))
    subprocess.run([jdk() / "bin" / "keytool", "-importcert", "-noprompt", "-alias", "ca", "-file", folder / "ca.pem", "-storetype",
                    "PKCS12", "-keystore", folder / "trust.p12", "-storepass", "secret"], check=True, capture_output=True)
    return Authority(folder / "ca.pem", folder / "trust.p12")


def fingerprint(certificate):
    """The SHA-256 of its public key, as Chromium wants it."""
    key = _openssl("x509", "-in", certificate, "-noout", "-pubkey")
    der = subprocess.run(["openssl", "pkey", "-pubin", "-outform", "DER"], input=key, capture_output=True, check=True).stdout
    return base64.b64encode(hashlib.sha256(der).digest()).decode()


def _certificate(folder, name, hosts):
    _openssl("req", "-new", *CURVE, "-subj", f"/CN={name}", "-addext", f"subjectAltName={hosts}", "-keyout", folder / f"{name}.key",
             "-out", folder / f"{name}.csr")
    _openssl("ca", "-batch", "-notext", "-config", folder / "ca.cnf", "-cert", folder / "ca.pem", "-keyfile", folder / "ca.key", "-in",
             folder / f"{name}.csr", "-out", folder / f"{name}.pem")


def _write(file, *parts):
    with open(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as out:
        for part in parts:
            out.write(part.read_bytes())


def _openssl(*words):
    done = subprocess.run(["openssl", *map(str, words)], capture_output=True, check=False)
    if done.returncode != 0:
        raise OSError(f"openssl {words[0]} failed: {done.stderr.decode(errors='replace')}")
    return done.stdout
