"""Checks deploy/k8s/example against Kubernetes' schemas: `python -m tests.kubernetes`.

Needs kubectl, and `pip install kubernetes-validate==1.37.0`, which holds the schemas. Of what
others define (KEDA's ScaledObject) there is none: that is said, not passed over.
"""

import subprocess
import sys

import kubernetes_validate  # type: ignore[import-not-found]  # not part of the tests' packages
import yaml

from tests.services import ROOT

VERSIONS = (
    "1.33",
    "1.37",
)  # the first that gives pods user namespaces by default; the newest known


def main() -> int:
    command = ["kubectl", "kustomize", "deploy/k8s/example"]
    built = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    wrong = 0
    for version in VERSIONS:
        for document in yaml.safe_load_all(built):
            what = f"{version}  {document['kind']} {document['metadata']['name']}"
            try:
                kubernetes_validate.validate(document, version, strict=True)
                print(f"ok         {what}")
            except kubernetes_validate.SchemaNotFoundError:
                print(f"no schema  {what}")
            except kubernetes_validate.ValidationError as error:
                wrong += 1
                print(f"WRONG      {what}: {error}")
    return wrong


if __name__ == "__main__":
    sys.exit(main())
