#!/usr/bin/env bash
# Bills of materials (CycloneDX) of what a site installs, from the lock files: in var/sbom. Those of
# the images, with Debian's packages, are made where the images are (.github/workflows/audit.yml).
. "$(dirname "$0")/lib.sh"

scripts/install.sh
install_python_packages requirements.txt requirements-dev.txt requirements-audit.txt
mkdir -p var/sbom
say "Listing the Python packages"
"$PYTHON" -W ignore -m cyclonedx_py requirements requirements.txt --pyproject pyproject.toml \
    --output-reproducible --output-format JSON --output-file var/sbom/python.cdx.json

# All of them: the build puts parts of `devDependencies` into the pages, too. npm lists only what has
# a version, and names it by its folder; ours is in pyproject.toml.
say "Listing the npm packages"
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
mkdir "$folder/interactive-code-runner"
cp package.json package-lock.json "$folder/interactive-code-runner"
version=$("$PYTHON" -c 'import tomllib; print(tomllib.load(open("pyproject.toml", "rb"))["project"]["version"])')
(cd "$folder/interactive-code-runner" && npm pkg set version="$version" &&
    npm sbom --package-lock-only --sbom-format cyclonedx) >var/sbom/npm.cdx.json
say "Done: var/sbom/python.cdx.json and var/sbom/npm.cdx.json"
