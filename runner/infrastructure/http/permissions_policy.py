"""Headers that every answer has unless it says something else of its own.

Pages need none of a browser's devices and sensors, and no script in them may ask for one. Nothing
is kept by a browser or a proxy: a page of an account is not shown again to who presses “Back” after
somebody has signed out.
"""

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.utils.deprecation import MiddlewareMixin

HEADER = "Permissions-Policy"
# The clipboard and the full screen are not listed: pages of ours use them.
REFUSED = (
    "accelerometer", "browsing-topics", "camera",
    "display-capture", "encrypted-media", "geolocation", "gyroscope", "hid", "idle-detection",
    "local-fonts", "magnetometer", "microphone", "midi", "payment", "screen-wake-lock", "serial",
    "usb", "xr-spatial-tracking",
)  # fmt: skip
POLICY = ", ".join(f"{name}=()" for name in REFUSED)


class PermissionsPolicy(MiddlewareMixin):
    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        response.headers.setdefault(HEADER, POLICY)
        return response


class NotKept(MiddlewareMixin):
    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response
