from django.urls import path

from runner.playback import views

urlpatterns = [
    path("classes/<int:pk>/writing/", views.keep, name="class-writing"),
    path("runs/<uuid:run_id>/writing/", views.of_run, name="run-writing"),
]
