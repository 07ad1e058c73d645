"""The number that a case has in the body's own register, as an officer enters it.

009/LP/PB/Kab/14.09/X/2024
"""

import re

from core.cases.procedure import Procedure

SHORTEST, LONGEST = 3, 120


def is_official(number: str, procedure: Procedure) -> bool:
    """Does it look as the procedure says? Without a pattern every short line will do."""
    if not SHORTEST <= len(number) <= LONGEST or not number.isprintable():
        return False
    return not procedure.number_pattern or bool(re.fullmatch(procedure.number_pattern, number, re.ASCII))
