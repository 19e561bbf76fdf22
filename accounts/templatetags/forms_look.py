"""How a bound field is drawn: kind, and the attributes that tie it to hint and error."""

from __future__ import annotations

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput, PasswordInput
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
def awaiting(form: BaseForm) -> BaseForm:
    """The form, with the cursor in its first empty field: for pages that ask only this."""
    empty = [field for field in form.visible_fields() if not field.value()]
    for field in empty[:1]:
        field.field.widget.attrs["autofocus"] = True
    return form


@register.filter
def wrong_in(form: BaseForm, names: tuple[str, ...]) -> bool:
    """Whether one of these fields has an error: what folds them away stays open."""
    return any(name in form.errors for name in names)


@register.filter
def dressed(field: BoundField) -> SafeString:
    """The widget, described by its hint and first error, without a library's placeholder."""
    is_ours = not type(field.form).__module__.startswith("allauth.")
    attrs: dict[str, str | bool] = {} if is_ours else {"placeholder": False}
    described = [f"{field.auto_id}_error"] * bool(field.errors)
    described += [f"{field.auto_id}_hint"] * bool(field.help_text)
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if field.errors:
        attrs["aria-invalid"] = "true"
    return field.as_widget(attrs=attrs)
