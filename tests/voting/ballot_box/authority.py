"""A time-stamp authority of the tests' own, by openssl."""

from __future__ import annotations

import subprocess
from pathlib import Path

SETTINGS = """
[req]
distinguished_name = dn
prompt = no
[dn]
CN = Co quan cap dau thoi gian thu nghiem
[tsa]
dir = {folder}
serial = $dir/serial
crypto_device = builtin
signer_cert = $dir/tsa.pem
certs = $dir/ca.pem
signer_key = $dir/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ordering = yes
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
[tsa_cert]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[ca_cert]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
"""


class Authority:
    """A root certificate and an authority under it, in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.root = folder, folder / "ca.pem"
        (folder / "openssl.cnf").write_text(SETTINGS.format(folder=folder), encoding="ascii")
        (folder / "serial").write_text("01\n", encoding="ascii")
        new = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-config", "openssl.cnf")
        own = ("-keyout", "ca.key", "-out", "ca.pem", "-days", "30", "-extensions", "ca_cert")
        self._run("req", "-x509", *new, *own)
        self._run("req", *new, "-subj", "/CN=TSA", "-keyout", "tsa.key", "-out", "tsa.csr")
        signing = ("-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "30")
        exts = ("-extfile", "openssl.cnf", "-extensions", "tsa_cert")
        self._run("x509", "-req", "-in", "tsa.csr", *signing, *exts, "-out", "tsa.pem")

    def _run(self, *words: str) -> None:
        subprocess.run(["openssl", *words], cwd=self.folder, check=True, capture_output=True)

    def reply(self, request: bytes) -> bytes:
        """What it answers to a request."""
        asked, told = self.folder / "request.tsq", self.folder / "reply.tsr"
        asked.write_bytes(request)
        files = ("-queryfile", str(asked), "-out", str(told), "-config", "openssl.cnf")
        self._run("ts", "-reply", "-section", "tsa", *files)
        return told.read_bytes()
