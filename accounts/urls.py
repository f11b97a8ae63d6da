from django.urls import path

from accounts.views import preferences

urlpatterns = [path("preferences/", preferences, name="preferences")]
