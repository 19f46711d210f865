"""Receives what the stage webhooks posts: checks the signature, drops what came before, prints the data as JSON, one a line.

    python3 docs/examples/receive_webhooks.py whsec_... 8000

Answer soon and with 2xx; do slow work afterwards. For anything but a trial put TLS in front, and keep the ids of late where a restart
does not lose them.
"""

import base64
import hashlib
import hmac
import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOLERANCE_S = 300
MAX_BYTES = 1 << 20


def is_signed(secret, headers, body, now):
    """Whether one of the signatures is made with the secret, and lately: an old post may be a replayed one."""
    message_id, timestamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not timestamp.isdigit() or abs(now - int(timestamp)) > TOLERANCE_S:
        return False
    key = base64.b64decode(secret.removeprefix("whsec_"))
    content = b".".join([message_id.encode(), timestamp.encode(), body])
    expected = "v1," + base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
    signatures = headers.get("webhook-signature", "").split(" ")
    return any(hmac.compare_digest(expected, signature) for signature in signatures)


class Receiver(BaseHTTPRequestHandler):
    secret = ""
    seen = set()

    def do_POST(self):
        length = int(self.headers.get("Content-Length", "0"))
        body = self.rfile.read(min(length, MAX_BYTES))
        if not is_signed(self.secret, self.headers, body, time.time()):
            self.answer(401)
            return
        message = json.loads(body)
        message_id = self.headers["webhook-id"]
        if message_id not in self.seen:
            print(json.dumps({"type": message["type"], **message["data"]}), flush=True)
            self.seen.add(message_id)
        self.answer(204)

    def answer(self, status):
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args):
        pass


def main():
    Receiver.secret = sys.argv[1]
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[2])), Receiver)
    print("listening at port", server.server_port, file=sys.stderr, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
