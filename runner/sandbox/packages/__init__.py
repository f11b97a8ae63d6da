"""What programs find in the folder where their Python searches for packages."""

from runner.sandbox.packages.explanations import explanations
from runner.sandbox.packages.mounts import (
    SiteFolder,
    forget_mounts,
    readable,
    site_folder,
    without_start_files,
)

__all__ = [
    "SiteFolder",
    "explanations",
    "forget_mounts",
    "readable",
    "site_folder",
    "without_start_files",
]
