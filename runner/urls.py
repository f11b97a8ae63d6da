from django.urls import include, path

from runner.workspace import workspace

urlpatterns = [
    path("", workspace, name="workspace"),
    path("", include("runner.operations.urls")),
    path("", include("runner.offered.urls")),
    path("", include("runner.snippets.urls")),
    path("", include("runner.history.urls")),
    path("", include("runner.playback.urls")),
    path("", include("runner.classes.urls")),
    path("", include("runner.classroom.urls")),
    path("", include("runner.rooms.urls")),
    path("", include("runner.interviews.urls")),
    path("", include("runner.visitors.urls")),
    path("classes/<int:pk>/assignments/", include("runner.assignments.urls")),
]
