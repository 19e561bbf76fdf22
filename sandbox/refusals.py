"""The errors of the Graph API, in its words."""

from __future__ import annotations

from typing import Any

# code: (HTTP status, message, details)
KNOWN: dict[int, tuple[int, str, str]] = {
    2: (503, "Service temporarily unavailable", ""),
    4: (400, "(#4) Application request limit reached", ""),
    10: (403, "(#10) Application does not have permission for this action", ""),
    100: (400, "(#100) Invalid parameter", ""),
    190: (401, "Error validating access token: The session has been invalidated.", ""),
    368: (403, "(#368) Temporarily blocked for policies violations", ""),
    80007: (400, "(#80007) Rate limit issues", "The WhatsApp Business Account's rate was reached."),
    130429: (429, "(#130429) Rate limit hit", "Cloud API message throughput has been reached."),
    130472: (400, "(#130472) User's number is part of an experiment", ""),
    131000: (500, "(#131000) Something went wrong", ""),
    131008: (400, "(#131008) Required parameter is missing", ""),
    131009: (400, "(#131009) Parameter value is not valid", ""),
    131016: (500, "(#131016) Service unavailable", ""),
    131026: (400, "(#131026) Message undeliverable", "Message Undeliverable."),
    131031: (403, "(#131031) Business Account has been locked", ""),
    131042: (400, "(#131042) Business eligibility payment issue", ""),
    131047: (
        400,
        "(#131047) Re-engagement message",
        "Message failed to send because more than 24 hours have passed since the customer last"
        " replied to this number.",
    ),
    131048: (400, "(#131048) Spam rate limit hit", ""),
    131049: (400, "(#131049) This message was not delivered to maintain healthy ecosystem", ""),
    131050: (400, "(#131050) User has stopped receiving marketing messages", ""),
    131051: (400, "(#131051) Unsupported message type", ""),
    131052: (400, "(#131052) Media download error", ""),
    131053: (400, "(#131053) Media upload error", ""),
    131056: (
        400,
        "(#131056) (Business Account, Consumer Account) pair rate limit hit",
        "Message failed to send because there were too many messages sent from this phone number"
        " to the same phone number in a short period of time.",
    ),
    131057: (503, "(#131057) Account in maintenance mode", ""),
    131062: (
        400,
        "(#131062) Business-scoped User ID (BSUID) recipients are not supported for this message",
        "",
    ),
    132000: (
        400,
        "(#132000) Number of parameters does not match the expected number",
        "",
    ),
    132001: (404, "(#132001) Template name does not exist in the translation", ""),
    132005: (400, "(#132005) Translated text too long", ""),
    132012: (400, "(#132012) Parameter format does not match format in the created template", ""),
    132015: (400, "(#132015) Template is paused", "Template is paused due to low quality."),
    132016: (400, "(#132016) Template is disabled", "Template was disabled due to low quality."),
    133016: (429, "(#133016) Too many attempts for this phone number", ""),
}
TRANSIENT = {2, 131000, 131016}
USAGE = {4, 80007}  # these say in a header when to come back
MISSING = 33  # the subcode of an object that does not exist


class GraphError(Exception):
    """Answer with this error instead of accepting."""

    def __init__(self, code: int, details: str = "", subcode: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.details = details
        self.subcode = subcode

    @property
    def status(self) -> int:
        return KNOWN.get(self.code, (400, "", ""))[0]

    def body(self) -> dict[str, Any]:
        _status, message, details = KNOWN.get(self.code, (400, f"(#{self.code}) Error", ""))
        error: dict[str, Any] = {
            "message": message,
            "type": "OAuthException",
            "code": self.code,
            "fbtrace_id": "SaNdBoXtRaCe01",
        }
        if self.subcode:
            error["error_subcode"] = self.subcode
        if self.details or details:
            told = self.details or details
            error["error_data"] = {"messaging_product": "whatsapp", "details": told}
        if self.code in TRANSIENT:
            error["is_transient"] = True
        return {"error": error}

    def as_status_error(self) -> dict[str, Any]:
        """The same, as it stands in a failed status."""
        _status, message, details = KNOWN.get(self.code, (400, "Error", ""))
        title = message.partition(") ")[2] or message
        told = {"details": self.details or details or title}
        return {"code": self.code, "title": title, "message": title, "error_data": told}
