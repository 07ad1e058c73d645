"""Pictures in common are looked for among the reports of other posts, and told of both reports."""

from datetime import timedelta
from itertools import count

import pytest
from sqlalchemy import select

from core.model.messages import Attachment
from core.model.people import Holding, Person, Post, Role
from storage.alike import NEAREST, Pictured
from storage.book import Book
from storage.likeness import Imprint
from storage.store import Store
from storage.tables import picture, picture_mark
from tests.storage.kaltim import NOW
