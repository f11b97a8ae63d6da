from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from runner.infrastructure.http.site import logo, missing_file
from runner.infrastructure.http.way_here.pages import lost_upgrade

STATIC = settings.STATIC_URL.removeprefix(settings.URL_PREFIX).strip("/")

urlpatterns = [
    path("", include("runner.urls")),
    path("", include("accounts.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
    path("site-logo", logo, name="site-logo"),
    path("ws/terminal/", lost_upgrade),
    path("ws/class/<int:classroom>/", lost_upgrade),
    path(f"{STATIC}/<path:name>", missing_file),
]

handler400 = "runner.infrastructure.http.way_here.pages.bad_request_page"
handler404 = "runner.infrastructure.http.not_found.not_found_page"
