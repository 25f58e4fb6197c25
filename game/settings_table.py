"""The settings as a table in Markdown, made from their class: what `guesstroke settings` prints, and docs/hosting.md has."""

import json
from collections.abc import Iterator

from pydantic.fields import FieldInfo

from game.settings import Settings


def settings_table() -> str:
    """Every setting: its environment variable, its default, and what it is for."""
    return "\n".join(["| variable | default | |", "|---|---|---|", *_rows()])


def _rows() -> Iterator[str]:
    prefix = Settings.model_config.get("env_prefix", "")
    for name, setting in Settings.model_fields.items():
        default = _default(setting)
        yield f"| `{prefix}{name.upper()}` | {f'`{default}`' if default else ''} | {setting.description} |"


def _default(setting: FieldInfo) -> str:
    """What one would write into the environment to have the default; empty where that is to set nothing."""
    value = setting.get_default(call_default_factory=True, validated_data={})
    if value is None or value == {}:
        return ""
    return json.dumps(value) if isinstance(value, (dict, list)) else str(value)
