"""A site's settings, and a language beside Python that those machines have on which the file
`LOGO_AT` is: executors of one site that differ. With `LOGO_FAILS` its test fails there."""

import os
from dataclasses import replace

from coderunner.settings import *  # noqa: F403
from runner import languages as _languages  # `LANGUAGES` is a setting

_python = _languages.PYTHON
_needs = (os.environ.get("LOGO_AT", "/no/such/file"),)
_wrong = replace(_python.self_test, shows=("43",))
_languages.LANGUAGES["logo"] = replace(
    _python,
    id="logo",
    name="Logo",
    needs=_needs,
    self_test=_wrong if "LOGO_FAILS" in os.environ else _python.self_test,
)
