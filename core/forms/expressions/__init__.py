"""ODK XPath, the formulas of XLSForm: read once, evaluated over the answers.

parse("${sah} + ${tidak_sah} = ${total}").evaluate(scope)
"""

from core.forms.expressions.errors import ExpressionError, Reason
from core.forms.expressions.expression import Expression, parse
from core.forms.expressions.scope import Scope
from core.forms.expressions.template import Template, template
from core.forms.expressions.values import Nodes, Value, as_bool, as_number, as_text

__all__ = [
    "Expression",
    "ExpressionError",
    "Nodes",
    "Reason",
    "Scope",
    "Template",
    "Value",
    "as_bool",
    "as_number",
    "as_text",
    "parse",
    "template",
]
