"""`Idempotency-Key`: a request that is repeated is answered, not done, a second time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.actions.keys import begin, finish
from accounts.requests import member_of

Method = Callable[..., Response]


class KeyReused(APIException):
    """The key belongs to another request."""

    status_code = 422
    default_code = "idempotency_key_reused"


def idempotent(method: Method) -> Method:
    """For POST methods: honour the header `Idempotency-Key` (at most 255 characters)."""

    @wraps(method)
    def run(view: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        key = request.headers.get("Idempotency-Key", "")
        if not key:
            return method(view, request, *args, **kwargs)
        if len(key) > 255:
            raise ValidationError({"Idempotency-Key": [_("At most 255 characters.")]})
        record, fresh = begin(member_of(request), key, _digest(request))
        if record is None:
            raise KeyReused(_("This key was used for a different request."))
        if not fresh:
            return Response(record.body, status=record.status)
        response = method(view, request, *args, **kwargs)
        finish(record, response.status_code, json.loads(json.dumps(response.data, default=str)))
        return response

    return run


def _digest(request: Request) -> str:
    body = json.dumps(request.data, sort_keys=True, default=str)
    text = f"{request.method} {request.path_info} {body}"
    return hashlib.sha256(text.encode()).hexdigest()
