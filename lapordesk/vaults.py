"""The place of the evidence that the settings name; a bucket is reached by the usual AWS_… variables.

vault = vault_of(settings)                       # MEDIA_URL
vault = vault_of(settings, "s3://bukti/2024")    # another one
"""

from pydantic import AliasChoices, Field, SecretStr
from pydantic_settings import BaseSettings

from lapordesk.settings import Settings
from storage.evidence import Evidence
from storage.keys import Keys
from storage.vaults import vault_at
from storage.vaults.vault import Vault


class Aws(BaseSettings):
    """They may stand in `.env` beside ours; whatever else AWS knows is taken from the environment."""

    model_config = Settings.model_config | {"env_prefix": ""}

    access_key_id: SecretStr | None = Field(default=None, validation_alias="AWS_ACCESS_KEY_ID")
    secret_access_key: SecretStr | None = Field(default=None, validation_alias="AWS_SECRET_ACCESS_KEY")
    session_token: SecretStr | None = Field(default=None, validation_alias="AWS_SESSION_TOKEN")
    region: str | None = Field(
        default=None, validation_alias=AliasChoices("AWS_REGION", "AWS_DEFAULT_REGION")
    )
    endpoint: str | None = Field(
        default=None, validation_alias=AliasChoices("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT")
    )

    def config(self) -> dict[str, str]:
        """Those that are set, as `storage/vaults/bucket.py` takes them."""
        given = {name: getattr(self, name) for name in type(self).model_fields}
        return {
            name: value.get_secret_value() if isinstance(value, SecretStr) else value
            for name, value in given.items()
            if value
        }


def vault_of(settings: Settings, url: str = "") -> Vault:
    return vault_at(url or settings.media_url, settings.data / "arriving", **Aws().config())


def evidence_of(settings: Settings, keys: Keys) -> Evidence:
    return Evidence(vault_of(settings), keys)
