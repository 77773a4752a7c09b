"""A TensorFlow Lite graph in memory, and its file."""

from dataclasses import dataclass, field
from typing import Optional

import flatbuffers
import numpy as np

# Numbers of tensorflow/lite/schema/schema.fbs.
FILE_IDENTIFIER = b"TFL3"
SCHEMA_VERSION = 3
TENSOR_TYPES = {"float32": 0, "float16": 1, "int32": 2}
BUILTIN_OPERATORS = {"conv": 3, "depthwise": 4, "add": 0, "reshape": 22, "concatenation": 2, "dequantize": 6}
OPTIONS_CONV_2D, OPTIONS_DEPTHWISE, OPTIONS_CONCATENATION, OPTIONS_ADD, OPTIONS_RESHAPE = 1, 2, 10, 11, 17
PADDING_SAME = 0
ACTIVATION_NONE, ACTIVATION_RELU6 = 0, 3
BUFFER_ALIGNMENT = 16


@dataclass
class Tensor:
    """A value of the graph; `data` is None where the graph computes it."""

    name: str
    shape: list
    data: Optional[np.ndarray] = None

    def type(self):
        return TENSOR_TYPES["float32" if self.data is None else self.data.dtype.name]


@dataclass
class Operation:
    """An operator with the indices of its input and output tensors."""

    kind: str
    inputs: list
    outputs: list
    stride: int = 1
    activation: int = ACTIVATION_NONE
    shape: list = field(default_factory=list)


class Graph:
    """Tensors and operations in execution order."""

    def __init__(self, description):
        self.description = description
        self.tensors, self.operations = [], []
        self.inputs, self.outputs = [], []

    def tensor(self, name, shape, data=None):
        """Adds a tensor; returns its index."""
        self.tensors.append(Tensor(name, list(shape), data))
        return len(self.tensors) - 1

    def operation(self, *args, **options):
        self.operations.append(Operation(*args, **options))

    def shape(self, index):
        return self.tensors[index].shape

    def store_weights_as_float16(self):
        """Halves the file: weights are stored as float16, and a DEQUANTIZE per weight restores float32 when loading."""
        restoring = []
        for index, tensor in enumerate(list(self.tensors)):
            if tensor.data is not None and tensor.data.dtype == np.float32:
                half = self.tensor(tensor.name + "_fp16", tensor.shape, tensor.data.astype(np.float16))
                tensor.data = None
                restoring.append(Operation("dequantize", [half], [index]))
        self.operations[:0] = restoring

    def to_bytes(self):
        """The graph as a .tflite file."""
        return _Writer(self).write()


class _Writer:
    """Writes the tables of schema.fbs; slot numbers are the fields' positions there."""

    def __init__(self, graph):
        self.graph = graph
        self.builder = flatbuffers.Builder(1 << 24)
        used = {operation.kind for operation in graph.operations}
        self.kinds = [kind for kind in BUILTIN_OPERATORS if kind in used]

    def write(self):
        buffers, buffer_of = self._buffers()
        tensors = self._tables([self._tensor(t, buffer_of[i]) for i, t in enumerate(self.graph.tensors)])
        operators = self._tables([self._operator(operation) for operation in self.graph.operations])
        subgraphs = self._subgraphs(tensors, operators)
        codes = self._tables([self._operator_code(kind) for kind in self.kinds])
        description = self.builder.CreateString(self.graph.description)
        model = self._table(
            8,
            lambda b: b.PrependUint32Slot(0, SCHEMA_VERSION, 0),
            lambda b: b.PrependUOffsetTRelativeSlot(1, codes, 0),
            lambda b: b.PrependUOffsetTRelativeSlot(2, subgraphs, 0),
            lambda b: b.PrependUOffsetTRelativeSlot(3, description, 0),
            lambda b: b.PrependUOffsetTRelativeSlot(4, buffers, 0),
        )
        self.builder.Finish(model, file_identifier=FILE_IDENTIFIER)
        return bytes(self.builder.Output())

    def _buffers(self):
        """The constants' data. Buffer 0 is empty by convention: it stands for tensors without data."""
        contents, buffer_of = [b""], []
        for tensor in self.graph.tensors:
            if tensor.data is None:
                buffer_of.append(0)
            else:
                contents.append(tensor.data.tobytes())
                buffer_of.append(len(contents) - 1)
        tables = []
        for content in contents:
            data = self._aligned_bytes(content) if content else None
            tables.append(self._table(1, lambda b: data and b.PrependUOffsetTRelativeSlot(0, data, 0)))
        return self._tables(tables), buffer_of

    def _tensor(self, tensor, buffer):
        name = self.builder.CreateString(tensor.name)
        shape = self._ints(tensor.shape)
        return self._table(
            8,
            lambda b: b.PrependUOffsetTRelativeSlot(0, shape, 0),
            lambda b: b.PrependInt8Slot(1, tensor.type(), 0),
            lambda b: b.PrependUint32Slot(2, buffer, 0),
            lambda b: b.PrependUOffsetTRelativeSlot(3, name, 0),
        )

    def _operator(self, operation):
        options, options_type = self._options(operation)
        inputs, outputs = self._ints(operation.inputs), self._ints(operation.outputs)
        return self._table(
            9,
            lambda b: b.PrependUint32Slot(0, self.kinds.index(operation.kind), 0),
            lambda b: b.PrependUOffsetTRelativeSlot(1, inputs, 0),
            lambda b: b.PrependUOffsetTRelativeSlot(2, outputs, 0),
            lambda b: options and b.PrependUint8Slot(3, options_type, 0),
            lambda b: options and b.PrependUOffsetTRelativeSlot(4, options, 0),
        )

    def _options(self, operation):
        """The operator's own table and the number of its type; none for DEQUANTIZE."""
        stride, activation = operation.stride, operation.activation
        if operation.kind == "conv":
            fields = [
                lambda b: b.PrependInt8Slot(0, PADDING_SAME, 0),
                lambda b: b.PrependInt32Slot(1, stride, 0),
                lambda b: b.PrependInt32Slot(2, stride, 0),
                lambda b: b.PrependInt8Slot(3, activation, 0),
            ]
            return self._table(7, *fields), OPTIONS_CONV_2D
        if operation.kind == "depthwise":
            fields = [
                lambda b: b.PrependInt8Slot(0, PADDING_SAME, 0),
                lambda b: b.PrependInt32Slot(1, stride, 0),
                lambda b: b.PrependInt32Slot(2, stride, 0),
                lambda b: b.PrependInt32Slot(3, 1, 0),  # depth multiplier
                lambda b: b.PrependInt8Slot(4, activation, 0),
            ]
            return self._table(7, *fields), OPTIONS_DEPTHWISE
        if operation.kind == "add":
            return self._table(1), OPTIONS_ADD
        if operation.kind == "reshape":
            shape = self._ints(operation.shape)
            return self._table(1, lambda b: b.PrependUOffsetTRelativeSlot(0, shape, 0)), OPTIONS_RESHAPE
        if operation.kind == "concatenation":
            return self._table(2, lambda b: b.PrependInt32Slot(0, 1, 0)), OPTIONS_CONCATENATION  # axis 1
        return None, None

    def _operator_code(self, kind):
        code = BUILTIN_OPERATORS[kind]
        return self._table(
            4,
            lambda b: b.PrependInt8Slot(0, code, 0),
            lambda b: b.PrependInt32Slot(2, 1, 1),  # version
            lambda b: b.PrependInt32Slot(3, code, 0),
        )

    def _subgraphs(self, tensors, operators):
        inputs, outputs = self._ints(self.graph.inputs), self._ints(self.graph.outputs)
        name = self.builder.CreateString("main")
        fields = [tensors, inputs, outputs, operators, name]
        table = self._table(
            5,
            *(
                lambda b, slot=slot, value=value: b.PrependUOffsetTRelativeSlot(slot, value, 0)
                for slot, value in enumerate(fields)
            ),
        )
        return self._tables([table])

    def _table(self, slots, *fields):
        self.builder.StartObject(slots)
        for write_field in fields:
            write_field(self.builder)
        return self.builder.EndObject()

    def _tables(self, offsets):
        self.builder.StartVector(4, len(offsets), 4)
        for offset in reversed(offsets):
            self.builder.PrependUOffsetTRelative(offset)
        return self.builder.EndVector()

    def _ints(self, values):
        return self.builder.CreateNumpyVector(np.array(values, np.int32))

    def _aligned_bytes(self, content):
        builder = self.builder
        builder.StartVector(1, len(content), BUFFER_ALIGNMENT)
        builder.head -= len(content)
        builder.Bytes[builder.head : builder.head + len(content)] = content
        return builder.EndVector()
