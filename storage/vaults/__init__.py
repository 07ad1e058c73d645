"""Where sealed files lie: a folder of this machine, or a bucket of a store that speaks S3."""

from pathlib import Path

from storage.vaults.bucket import Bucket
from storage.vaults.folder import Folder
from storage.vaults.vault import Vault

__all__ = ["S3", "Bucket", "Folder", "Vault", "vault_at"]

S3 = "s3://"


def vault_at(url: str, arriving: Path, **config: str) -> Vault:
    """The bucket of an s3:// address, or else a folder; `arriving` is where a bucket's files are sealed
    before they leave, `config` what is needed to reach it."""
    return Bucket(url, arriving, **config) if url.startswith(S3) else Folder(Path(url))
