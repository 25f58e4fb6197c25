"""What schemathesis cannot know of the API: it loads this module beside the requests that it makes up (SCHEMATHESIS_HOOKS).

Each request comes from an address of its own, or nearly all would be told that they come too often. If API_EXISTING names what exists, as JSON
({"key": ..., "game_id": ..., "code": ..., "cookie": ...}), two of three requests ask about that instead of about what is made up.
"""

import itertools
import json
import os
from typing import Any

import schemathesis
from schemathesis import Case, HookContext

_existing: dict[str, str] = json.loads(os.environ.get("API_EXISTING", "{}"))
_cookie = _existing.pop("cookie", None)
_count = itertools.count()


@schemathesis.hook
def before_call(_: HookContext, case: Case, _options: dict[str, Any]) -> None:
    number = next(_count)
    case.headers["X-Forwarded-For"] = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    if number % 3 == 0:
        return
    case.path_parameters.update({name: value for name, value in _existing.items() if name in case.path_parameters})
    if _cookie and case.method == "GET":  # with DELETE it would soon be over
        case.headers["Cookie"] = _cookie
