"""Prints events as JSON, one a line. Reads records from standard input as kcat -f '%R%s' writes them: length, then bytes.

    kcat -b localhost:9092 -C -t emotion-events -X isolation.level=read_committed -u -f '%R%s' \
        | python3 docs/examples/read_events.py schemas/EmotionEvent.avsc
"""

import json
import struct
import sys

from undertone_avro import Schema


def main():
    schema = Schema.load(sys.argv[1])
    source = sys.stdin.buffer
    while True:
        length = source.read(4)
        if len(length) < 4:
            return
        event = schema.decode(source.read(struct.unpack(">i", length)[0]))
        print(json.dumps(event, default=bytes.hex), flush=True)


if __name__ == "__main__":
    main()
