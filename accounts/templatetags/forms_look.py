"""How a bound field is drawn: kind, and the attributes that tie it to hint and error."""

from __future__ import annotations

from django import template
from django.forms import BoundField, CheckboxInput, PasswordInput
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def is_check(field: BoundField) -> bool:
    """Whether it is a single checkbox: drawn before its label."""
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def is_password(field: BoundField) -> bool:
    """Whether it hides what is typed: drawn with a button that shows it."""
    return isinstance(field.field.widget, PasswordInput)


@register.filter
def dressed(field: BoundField) -> SafeString:
    """The widget, described by its hint and first error, without a placeholder."""
    attrs: dict[str, str | bool] = {"placeholder": False}
    described = [f"{field.auto_id}_error"] * bool(field.errors)
    described += [f"{field.auto_id}_hint"] * bool(field.help_text)
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if field.errors:
        attrs["aria-invalid"] = "true"
    return field.as_widget(attrs=attrs)
