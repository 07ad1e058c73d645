"""From an XLSForm workbook to a Form, or to the list of all that is wrong with it.

compiled = compile_form(source, "xlsx", files)
compiled.form or compiled.problems
"""

from core.forms.xlsform.area_tables import area_tables
from core.forms.xlsform.beside import Sources, compile_beside, options_from_csv
from core.forms.xlsform.choices import Files
from core.forms.xlsform.compiling import Compiled, check, compile_form
from core.forms.xlsform.sheets import FileKind

__all__ = [
    "Compiled",
    "FileKind",
    "Files",
    "Sources",
    "area_tables",
    "check",
    "compile_beside",
    "compile_form",
    "options_from_csv",
]
