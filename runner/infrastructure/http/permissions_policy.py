"""Pages need none of a browser's devices and sensors, and no script in them may ask for one."""

from django.http import HttpRequest, HttpResponse
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
