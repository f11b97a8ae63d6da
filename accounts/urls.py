from django.urls import path

from accounts.views import check_password, preferences

urlpatterns = [
    path("preferences/", preferences, name="preferences"),
    path("accounts/password/check/", check_password, name="check-password"),
]
