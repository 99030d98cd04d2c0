"""How Stripe says no: a status and an error body."""

from typing import Any

from .wire import Reply, as_json


class Refused(Exception):
    """`kept`: the refusal belongs to a work that had begun, so a saved key gives it again."""

    def __init__(
        self,
        message: str,
        *,
        param: str | None = None,
        code: str | None = None,
        status: int = 400,
        kind: str = "invalid_request_error",
        kept: bool = False,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.param = param
        self.code = code
        self.status = status
        self.kind = kind
        self.kept = kept

    def reply(self) -> Reply:
        error: dict[str, Any] = {"type": self.kind, "message": self.message}
        if self.code:
            error["code"] = self.code
            error["doc_url"] = f"https://stripe.com/docs/error-codes/{self.code.replace('_', '-')}"
        if self.param:
            error["param"] = self.param
        return as_json(self.status, {"error": error})


def missing(param: str) -> Refused:
    return Refused(f"Missing required param: {param}.", param=param, code="parameter_missing")


def invalid(message: str, param: str, code: str | None = None) -> Refused:
    return Refused(message, param=param, code=code)


def unmodelled(param: str) -> Refused:
    """Better a loud no than a total that silently leaves the parameter out."""
    return Refused(
        f"The stand-in of Stripe does not model {param} yet: build it there first.",
        param=param,
        code="stand_in_limit",
    )


def no_such(kind: str, key: str, param: str = "id") -> Refused:
    return Refused(f"No such {kind}: '{key}'", param=param, code="resource_missing", status=404)
