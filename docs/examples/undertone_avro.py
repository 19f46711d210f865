"""Avro's single-object encoding in Python's standard library alone: what Undertone's topics hold when no registry is used. Reads
Confluent's wire format as well.

A record is 10 bytes of header and the body in Avro's binary form. The header is C3 01 and the schema's CRC-64-AVRO fingerprint,
little endian. With the fastavro package, fastavro.schemaless_reader(io.BytesIO(value[10:]), schema) reads the body as well.

    schema = Schema.load("schemas/EmotionEvent.avsc")
    event = schema.decode(value)          # a dict
    value = schema.encode({...})          # bytes

Installed by "pip install docs/examples", or copied: it is one file.
"""

import json
import struct

__version__ = "0.1.0"

_EMPTY = 0xC15D213AA4D7A795
_PRIMITIVES = ("null", "boolean", "int", "long", "float", "double", "bytes", "string")


class Schema:
    def __init__(self, tree):
        self.named = {}
        self.tree = tree
        self._collect(tree, "")
        self.fingerprint = _crc64(self._canonical(tree, "", set()).encode())
        self.header = b"\xc3\x01" + struct.pack("<Q", self.fingerprint)

    @classmethod
    def load(cls, path):
        with open(path, encoding="utf-8") as file:
            return cls(json.load(file))

    def encode(self, value):
        out = bytearray(self.header)
        self._write(out, self.tree, "", value)
        return bytes(out)

    def decode(self, message):
        if message[:1] == b"\0" and len(message) > 5:
            # Confluent's wire format: the number of a schema in the registry, which this schema has to be.
            begin = 5
        elif message[:2] != b"\xc3\x01":
            raise ValueError("must be an Avro single-object message, which begins with c301: " + message[:2].hex())
        elif message[:10] != self.header:
            raise ValueError("was written with another schema: header %s, this schema's is %s" % (message[:10].hex(), self.header.hex()))
        else:
            begin = 10
        value, end = self._read(message, begin, self.tree, "")
        if end != len(message):
            raise ValueError("%d bytes follow the record" % (len(message) - end))
        return value

    def _collect(self, tree, namespace):
        if isinstance(tree, list):
            for branch in tree:
                self._collect(branch, namespace)
        elif isinstance(tree, dict):
            if "name" in tree:
                full, namespace = _full_name(tree, namespace)
                self.named[full] = tree
            for field in tree.get("fields", ()):
                self._collect(field["type"], namespace)
            for key in ("items", "values"):
                if key in tree:
                    self._collect(tree[key], namespace)

    def _resolve(self, tree, namespace):
        """The definition behind a name, and the namespace that its own names are in."""
        if isinstance(tree, str) and tree not in _PRIMITIVES:
            full = tree if "." in tree else namespace + "." + tree
            tree = self.named[full]
        if isinstance(tree, dict) and "name" in tree:
            return tree, _full_name(tree, namespace)[1]
        return tree, namespace

    def _canonical(self, tree, namespace, seen):
        """The specification's Parsing Canonical Form: what alone decides how bytes are read."""
        if isinstance(tree, str):
            if tree in _PRIMITIVES:
                return json.dumps(tree)
            return json.dumps(tree if "." in tree else namespace + "." + tree)
        if isinstance(tree, list):
            return "[" + ",".join(self._canonical(branch, namespace, seen) for branch in tree) + "]"
        kind = tree["type"]
        if kind in _PRIMITIVES:
            return json.dumps(kind)
        if kind == "array":
            return '{"type":"array","items":%s}' % self._canonical(tree["items"], namespace, seen)
        if kind == "map":
            return '{"type":"map","values":%s}' % self._canonical(tree["values"], namespace, seen)
        full, namespace = _full_name(tree, namespace)
        if full in seen:
            return json.dumps(full)
        seen.add(full)
        if kind == "enum":
            return '{"name":"%s","type":"enum","symbols":%s}' % (full, json.dumps(tree["symbols"], separators=(",", ":")))
        fields = ",".join(
            '{"name":"%s","type":%s}' % (field["name"], self._canonical(field["type"], namespace, seen)) for field in tree["fields"]
        )
        return '{"name":"%s","type":"record","fields":[%s]}' % (full, fields)

    def _write(self, out, tree, namespace, value):
        tree, namespace = self._resolve(tree, namespace)
        kind = tree if isinstance(tree, str) else "union" if isinstance(tree, list) else tree["type"]
        if kind == "boolean":
            out.append(1 if value else 0)
        elif kind in ("int", "long"):
            _write_long(out, value)
        elif kind == "float":
            out += struct.pack("<f", value)
        elif kind == "double":
            out += struct.pack("<d", value)
        elif kind in ("bytes", "string"):
            raw = value.encode() if kind == "string" else value
            _write_long(out, len(raw))
            out += raw
        elif kind == "enum":
            _write_long(out, tree["symbols"].index(value))
        elif kind == "record":
            for field in tree["fields"]:
                self._write(out, field["type"], namespace, value.get(field["name"], field.get("default")))
        elif kind == "union":
            branch = next(i for i, b in enumerate(tree) if (b == "null") == (value is None))
            _write_long(out, branch)
            self._write(out, tree[branch], namespace, value)
        elif kind in ("array", "map"):
            if value:
                _write_long(out, len(value))
                for item in value:
                    if kind == "map":
                        self._write(out, "string", namespace, item)
                        self._write(out, tree["values"], namespace, value[item])
                    else:
                        self._write(out, tree["items"], namespace, item)
            _write_long(out, 0)

    def _read(self, raw, at, tree, namespace):
        tree, namespace = self._resolve(tree, namespace)
        kind = tree if isinstance(tree, str) else "union" if isinstance(tree, list) else tree["type"]
        if kind == "null":
            return None, at
        if kind == "boolean":
            return raw[at] == 1, at + 1
        if kind in ("int", "long"):
            return _read_long(raw, at)
        if kind == "float":
            return struct.unpack_from("<f", raw, at)[0], at + 4
        if kind == "double":
            return struct.unpack_from("<d", raw, at)[0], at + 8
        if kind in ("bytes", "string"):
            length, at = _read_long(raw, at)
            if length < 0 or at + length > len(raw):
                raise ValueError("the record is cut short")
            piece = bytes(raw[at : at + length])
            return (piece.decode() if kind == "string" else piece), at + length
        if kind == "enum":
            index, at = _read_long(raw, at)
            return tree["symbols"][index], at
        if kind == "record":
            record = {}
            for field in tree["fields"]:
                record[field["name"]], at = self._read(raw, at, field["type"], namespace)
            return record, at
        if kind == "union":
            branch, at = _read_long(raw, at)
            return self._read(raw, at, tree[branch], namespace)
        items, pairs = [], {}
        count, at = _read_long(raw, at)
        while count != 0:
            if count < 0:  # a block with its length in bytes
                count = -count
                _, at = _read_long(raw, at)
            for _ in range(count):
                if kind == "map":
                    name, at = self._read(raw, at, "string", namespace)
                    pairs[name], at = self._read(raw, at, tree["values"], namespace)
                else:
                    item, at = self._read(raw, at, tree["items"], namespace)
                    items.append(item)
            count, at = _read_long(raw, at)
        return (pairs if kind == "map" else items), at


def _full_name(tree, namespace):
    name = tree["name"]
    if "." in name:
        return name, name.rpartition(".")[0]
    namespace = tree.get("namespace", namespace)
    return (namespace + "." + name if namespace else name), namespace


def _write_long(out, value):
    value = (value << 1) ^ (value >> 63)  # zigzag
    while value > 0x7F:
        out.append((value & 0x7F) | 0x80)
        value >>= 7
    out.append(value)


def _read_long(raw, at):
    value = shift = 0
    while True:
        byte = raw[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return (value >> 1) ^ -(value & 1), at
        shift += 7


def _table():
    table = []
    for i in range(256):
        for _ in range(8):
            i = (i >> 1) ^ (_EMPTY if i & 1 else 0)
        table.append(i)
    return table


_TABLE = _table()


def _crc64(raw):
    crc = _EMPTY
    for byte in raw:
        crc = (crc >> 8) ^ _TABLE[(crc ^ byte) & 0xFF]
    return crc
