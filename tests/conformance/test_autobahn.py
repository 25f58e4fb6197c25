import pytest

from tests.conformance.documented import Remark, differences, remarks
from tests.conformance.fuzzing_client import CASES, CLIENT, try_cases


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.skipif(not CLIENT.exists(), reason="Autobahn's fuzzing client is for Python 2.7 alone: where there is one, make autobahn installs it")
@pytest.mark.parametrize(("sockets", "failed"), [("direct", {}), ("asgi", {"7.1.5": "FAILED, WRONG CODE"})])
def test_no_case_fails_and_what_is_not_strict_is_documented(sockets, failed, tmp_path):
    outcomes = try_cases(sockets, tmp_path)
    assert len(outcomes) == CASES
    assert {case: outcome for case, outcome in outcomes.items() if outcome not in ("OK", "NON-STRICT", "INFORMATIONAL")} == failed
    assert differences(sockets, outcomes) == []


def test_the_page_documents_each_outcome_for_whom_it_concerns():
    assert remarks("direct")["6.4.1"] == remarks("asgi")["6.4.1"] == Remark("NON-STRICT", always=True)
    assert "3.2" not in remarks("direct")
    assert remarks("asgi")["3.4"] == Remark("NON-STRICT", always=False)


def test_what_the_page_does_not_say_is_a_difference():
    as_documented = {case: remark.outcome for case, remark in remarks("asgi").items()}
    assert differences("asgi", as_documented | {"1.1.1": "OK", "3.4": "OK"}) == []
    assert differences("asgi", as_documented | {"1.1.1": "NON-STRICT"}) == ["1.1.1 is NON-STRICT; docs/conformance.md says OK"]
    assert differences("asgi", as_documented | {"6.4.1": "OK"}) == ["6.4.1 is OK; docs/conformance.md says NON-STRICT"]
    assert differences("asgi", as_documented | {"3.4": "FAILED"}) == ["3.4 is FAILED; docs/conformance.md says NON-STRICT"]
    del as_documented["6.4.1"]
    assert differences("asgi", as_documented) == ["6.4.1: docs/conformance.md has it, but it was not tried"]
