"""The file in which an operator writes down what WhatsApp has approved: `<DATA>/templates.toml`."""

from collections.abc import Sequence
from pathlib import Path

import structlog

from core.speech.template_file import read_templates
from core.speech.templates import Templates
from core.toml.problems import Problem
from lapordesk.settings import Settings

NAME = "templates.toml"

log = structlog.get_logger(__name__)


def template_file(settings: Settings) -> Path:
    return settings.data / NAME


def read_file(settings: Settings) -> tuple[Templates, Sequence[Problem]]:
    """What can be used of it, and what is wrong; without a file there is nothing to use."""
    file = template_file(settings)
    if not file.exists():
        return Templates(), ()
    try:
        return read_templates(file.read_text(encoding="utf-8-sig"), NAME)
    except UnicodeDecodeError:
        return Templates(), [Problem(NAME, 0, "", "templates.encoding")]


def approved_templates(settings: Settings) -> Templates:
    """For a process that serves: what is wrong with the file must not keep it from starting."""
    templates, problems = read_file(settings)
    if problems:
        log.error("templates.toml is faulty", problems=len(problems))
    return templates
