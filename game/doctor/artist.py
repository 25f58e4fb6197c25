"""The artist: torch, a GPU, the perceptor, each looked at in a process of its own."""

import json
import subprocess
import sys
from typing import Any

from game.doctor.finding import Finding, ok, problem, warning
from game.settings import Settings


def check_artist(settings: Settings, patience: float = 600) -> list[Finding]:
    """Have a process load all of it, as a worker does; a perceptor that is not here yet is fetched by it."""
    command = [sys.executable, "-m", "game.studio.probe", settings.perceptor]
    try:
        ran = subprocess.run(command, capture_output=True, text=True, timeout=patience, check=False)
    except subprocess.TimeoutExpired:
        return [problem("perceptor", f"{settings.perceptor} was not there after {patience:.0f} s", "Fetch its weights first: docs/hosting.md.")]
    told = [line for line in ran.stdout.splitlines() if line.startswith("{")]
    if not told:
        last = (ran.stderr.strip().splitlines() or [f"exit status {ran.returncode}"])[-1]
        return [problem("torch", f"a process that imports it ends: {last}", "Install torch and torchvision anew: docs/hosting.md.")]
    return findings_of(json.loads(told[-1]), settings.perceptor)


def findings_of(told: dict[str, Any], perceptor: str) -> list[Finding]:
    """What the probe's answer means."""
    build = f"CUDA {told['cuda']}" if told["cuda"] else "for processors"
    found = [ok("torch", f"{told['torch']}, torchvision {told['torchvision']}, {build}")]
    if told["gpus"]:
        found.append(ok("GPU", ", ".join(told["gpus"])))
    elif told["has_driver"]:
        remedy = "Is the driver new enough? nvidia-smi tells." if told["cuda"] else "If it is to draw, install torch with CUDA: docs/hosting.md."
        found.append(warning("GPU", "there is one, but torch cannot use it", remedy))
    else:
        found.append(ok("GPU", "none, and doodle-clip needs none"))
    if "fault" in told:
        found.append(problem("perceptor", f"{perceptor}: {told['fault']}", "See docs/hosting.md on perceptors; doodle-clip is always there."))
    else:
        ready = f"{perceptor} on {told['device']}, ready after {told['seconds']:.0f} s, {15 / told['pace']:.0f} iterations in 15 s"
        found.append(warning("perceptor", ready, told["note"]) if told["note"] else ok("perceptor", ready))
    return found
