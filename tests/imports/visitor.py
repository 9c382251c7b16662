"""Somebody of the improvement team at a server of its own: asks over HTTP, with session and token, and keeps time."""

import re
import time
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection
from urllib.parse import urlencode

BOUNDARY = "----a-boundary-that-no-file-holds"


@dataclass
class Answer:
    status: int
    location: str
    text: str
    seconds: float


@dataclass
class Visitor:
    port: int
    session: str
    cookies: dict = field(default_factory=dict)
    token: str = ""

    def get(self, path):
        answer = self._ask("GET", path)
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', answer.text)
        self.token = found[1] if found else self.token
        return answer

    def post(self, path, data):
        body = urlencode(data | {"csrfmiddlewaretoken": self.token})
        return self._ask("POST", path, body.encode(), "application/x-www-form-urlencoded")

    def upload(self, path, name, content, data):
        parts = [
            f'Content-Disposition: form-data; name="{key}"\r\n\r\n{value}'.encode()
            for key, value in (data | {"csrfmiddlewaretoken": self.token}).items()
        ]
        parts.append(
            f'Content-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode() + content
        )
        body = b"".join(b"--%b\r\n%b\r\n" % (BOUNDARY.encode(), part) for part in parts)
        body += b"--%b--\r\n" % BOUNDARY.encode()
        return self._ask("POST", path, body, f"multipart/form-data; boundary={BOUNDARY}")

    def _ask(self, method, path, body=None, kind=""):
        connection = HTTPConnection("127.0.0.1", self.port, timeout=120)
        cookies = {"sessionid": self.session} | self.cookies
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
        start = time.monotonic()
        connection.request(method, path, body, headers | ({"Content-Type": kind} if kind else {}))
        response = connection.getresponse()
        text = response.read().decode()
        taken = time.monotonic() - start
        for cookie in response.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        connection.close()
        return Answer(response.status, response.headers.get("Location", ""), unescape(text), taken)
