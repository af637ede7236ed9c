"""The API, made of its operations: each behind its guard, with the refusals that it may answer and the row that it needs."""

from ninja import NinjaAPI

from throughcare.api.faults import JsonOnly, add_faults
from throughcare.api.given import Fault
from throughcare.api.guard import Operation, guarded
from throughcare.api.operations.every import OPERATIONS
from throughcare.api.tokens import Bearer, PerToken

ROOT = "api/v1/"
DESCRIPTION = (
    "The same results as the pages of Throughcare, for machines. A token works as one post of one account, and sees what that "
    "post may see under the access policy. What it may not see answers as what is not there (404). Each view of a person is kept."
)


def made() -> NinjaAPI:
    """The API with every operation in it."""
    api = NinjaAPI(
        title="Throughcare", version="1", description=DESCRIPTION, urls_namespace="api", docs_url=None, openapi_url=None,
        auth=Bearer(), throttle=[PerToken()], parser=JsonOnly(),
    )  # fmt: skip
    add_faults(api)
    for operation in OPERATIONS:
        _add(api, operation)
    return api


def _add(api: NinjaAPI, operation: Operation) -> None:
    refusals = (400, 401, 404, 409, 415, 422, 429, 500) if operation.method == "POST" else (401, 404, 422, 429, 500)
    refusals += (409,) if operation.by_rule else ()
    asks = {"row": operation.needs, "action": operation.action, "of-a-person": operation.person_of is not None}
    words = (operation.view.__doc__ or "").strip()
    api.default_router.add_api_operation(
        operation.path, [operation.method], guarded(operation), operation_id=operation.name, url_name=operation.name,
        summary=words.split(":")[0].split(".")[0], description=words, tags=[operation.group],
        response={operation.status: operation.gives, refusals: Fault},
        openapi_extra={"x-policy": asks},
    )  # fmt: skip
