"""What every test may ask for: databases, keys, and a store on either engine."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from storage.keys import Keys
from storage.store import Store
from tests.databases import Databases
from tests.standins import s3 as s3_standin

# A busy machine is no fault of the code; what Hypothesis itself sets where CI runs stays.
settings.register_profile(
    "unhurried",
    parent=settings(),
    deadline=None,
    max_examples=50,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    made = Databases(tmp_path_factory.mktemp("databases"))
    yield made
    made.close()


@pytest.fixture(scope="session")
def keys() -> Keys:
    return Keys.make()


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def database_url(databases: Databases, engine: str) -> Iterator[str]:
    """The address of an empty database, on each engine in turn."""
    url = databases.fresh(engine)
    yield url
    databases.give_back(url)


@pytest.fixture
def store(database_url: str, keys: Keys) -> Iterator[Store]:
    """An empty store, on each engine in turn."""
    made = Store(database_url, keys, pool=8)
    yield made
    made.close()


@pytest.fixture(scope="session")
def s3() -> Iterator[s3_standin.S3]:
    """A store that speaks S3; each test makes a bucket of its own."""
    with s3_standin.serving() as store:
        yield store


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write the transcripts anew")
